import type { FleetPlan, PlannedCall, PlannedStep } from './provider.ts';

export interface FormatPlanOptions {
  /** Folder whose paths are shown from there, with a `/` at its end. @default all paths are absolute */
  readonly root?: string | undefined;
  /** Also what is fed to each command. @default false */
  readonly inputs?: boolean | undefined;
}

/** A plan for people: phases, steps, and every command line that would run. */
export function formatPlan(plan: FleetPlan, { root, inputs = false }: FormatPlanOptions = {}): string {
  const lines = plan.files.map(({ path }) => `write ${path}`);
  for (const { title, steps } of plan.phases) {
    lines.push('', `# ${title}`);
    for (const step of steps) lines.push(...stepLines(step, inputs));
  }
  if (plan.problems.length > 0) {
    lines.push('', 'This cannot be started:', ...plan.problems.map((problem) => `  - ${problem}`));
  }
  const text = `${lines.join('\n').trimStart()}\n`;
  return root === undefined ? text : text.replaceAll(root, '');
}

function stepLines({ title, unless, calls }: PlannedStep, inputs: boolean): readonly string[] {
  return [
    `- ${title}`,
    ...(unless === undefined ? [] : [`    unless: ${unless}`]),
    ...calls.flatMap((call) => callLines(call, inputs)),
  ];
}

function callLines({ command, stdin, when, captures }: PlannedCall, inputs: boolean): readonly string[] {
  const input = stdin === undefined ? '' : inputs ? ' <<END' : `  < ${countOf(stdin)}`;
  return [
    ...(when === undefined ? [] : [`    only if: ${when}`]),
    `    ${captures === undefined ? '' : `%{${captures}} = `}${command}${input}`,
    ...(inputs && stdin !== undefined
      ? [...stdin.trimEnd().split('\n'), 'END'].map((line) => `    ${line}`)
      : []),
  ];
}

/** What is fed, in a few words. */
function countOf(stdin: string): string {
  const kinds = [...stdin.matchAll(/^kind: (\w+)$/gm)].map(([, kind = '']) => kind);
  const lines = stdin.trimEnd().split('\n').length;
  return kinds.length === 0 ? `${lines} lines of values` : `${kinds.join(', ')} (${lines} lines)`;
}
