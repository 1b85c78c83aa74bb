import { QUICK } from '../../tools/command.ts';
import { ids } from '../plan/context.ts';
import type { Call, Phase } from '../plan/step.ts';

const ASKED: readonly (readonly [string, Call])[] = [
  ['docker', { tool: 'docker', args: ['version', '--format', '{{.Server.Version}}'], timeLimit: QUICK }],
  ['git', { tool: 'git', args: ['--version'], timeLimit: QUICK }],
  ['kind', { tool: 'kind', args: ['version'], timeLimit: QUICK }],
  ['helm', { tool: 'helm', args: ['version', '--short'], timeLimit: QUICK }],
  ['kubectl', { tool: 'kubectl', args: ['version', '--client', '--output=json'], timeLimit: QUICK }],
];

/** Whether the tools are there and Docker answers. What else must hold is looked at by the doctor before. */
export function preflightPhase(): Phase {
  const steps = ASKED.map(([tool, call]) => ({
    id: ids.tool(tool),
    title: `ask ${tool} for its version`,
    needs: [],
    calls: [call],
  }));
  return { id: 'preflight', title: 'Preflight', steps };
}

/** What everything else waits for. */
export const PREFLIGHT: readonly string[] = ASKED.map(([tool]) => ids.tool(tool));
