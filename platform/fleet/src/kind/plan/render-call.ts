import { stringify } from 'yaml';
import type { Command } from '../../tools/command.ts';
import { fillJson, fillText, type Values } from './fill.ts';
import type { Call } from './step.ts';

/** A call as a command, with every value in its place. */
export function renderCall(call: Call, values: Values): Command {
  const { tool, timeLimit, secret } = call;
  const args = call.args.map((word) => fillText(word, values));
  const stdin = renderStdin(call, values);
  return { tool, args, timeLimit, ...(stdin !== undefined && { stdin }), ...(secret && { secret }) };
}

/** What a call is fed, with `%{name}` where a value is not known yet. */
export function renderTemplate({ stdin, manifests }: Pick<Call, 'stdin' | 'manifests'>): string | undefined {
  if (manifests === undefined) return stdin;
  return manifests
    .map((manifest) => stringify(manifest, { lineWidth: 0, aliasDuplicateObjects: false }))
    .join('---\n');
}

function renderStdin({ stdin, manifests }: Call, values: Values): string | undefined {
  if (manifests === undefined) return stdin;
  return renderTemplate({ manifests: manifests.map((one) => fillJson(one, values) as typeof one) });
}
