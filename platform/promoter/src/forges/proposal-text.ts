import { releaseName } from '../releases/release.ts';
import type { CommitStatus } from './forge.ts';
import type { Proposal } from './proposal.ts';

/** Longest description of a status that every forge takes (docs.github.com, "REST API endpoints for commit statuses"). */
const DESCRIPTION = 140;

export function proposalTitle({ environment, name, members }: Proposal): string {
  const [only] = members;
  if (members.length === 1 && only !== undefined)
    return `Promote ${only.unit} to ${releaseName(only.candidate)} in ${environment}`;
  return `Promote set ${name} (${members.length} units) in ${environment}`;
}

/** What people read before they approve: which Releases, what the Gates say, and what approving does. */
export function proposalBody({ environment, members }: Proposal): string {
  const releases = members.map(({ unit, candidate, requestedBy }) => [
    code(unit),
    code(releaseName(candidate)),
    code(candidate.subject),
    code(requestedBy),
  ]);
  const gates = members.flatMap(({ unit, gates }) =>
    gates.map(({ type, phase, reason, opensAt }) => [
      code(unit),
      type,
      phase,
      code(opensAt === undefined ? reason : `${reason}, until ${new Date(opensAt).toISOString()}`),
    ]),
  );
  return [
    table(['Unit', 'Release', 'Change', 'Requested by'], releases),
    table(['Unit', 'Gate', 'State', 'Why'], gates),
    `Approving this approves exactly ${members.length === 1 ? 'this release' : 'these releases'} for \`${environment}\`.` +
      ' Nobody who requested a change counts. Drydock moves the branch when every gate is open, and closes this' +
      ' by itself; closing it by hand declines this release, and nothing asks for it again.',
    `<!-- drydock ${members.map(({ candidate }) => candidate.id).join(' ')} -->`,
  ].join('\n\n');
}

/** One status for each kind of Gate: failed before pending before passed. */
export function proposalStatuses({ environment, members }: Proposal): readonly CommitStatus[] {
  const gates = members.flatMap(({ unit, gates }) => gates.map((gate) => ({ ...gate, unit })));
  return [...Map.groupBy(gates, ({ type }) => type)].map(([type, results]) => {
    const worst =
      results.find(({ phase }) => phase === 'failed') ??
      results.find(({ phase }) => phase === 'pending') ??
      results[0];
    const text = members.length === 1 ? worst?.reason : `${worst?.unit}: ${worst?.reason}`;
    const state = worst?.phase === 'failed' ? 'failure' : worst?.phase === 'passed' ? 'success' : 'pending';
    return { context: `drydock/${environment}/${type}`, state, description: shorten(text ?? '') };
  });
}

function shorten(text: string): string {
  return text.length <= DESCRIPTION ? text : `${text.slice(0, DESCRIPTION - 1)}…`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text that others have written, so that it is neither markup nor calls anybody. */
function code(text: string): string {
  const plain = text.replace(/[\s`|\\<>]+/g, ' ').trim();
  return `\`${plain || '-'}\``;
}
