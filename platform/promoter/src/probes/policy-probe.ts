import type { Repository } from '@drydock/git';
import type { GateOf } from '@drydock/model';
import { Environment } from '@marcbachmann/cel-js';
import { parseAllDocuments } from 'yaml';
import type { GateFact } from '../decide/gates/gate-fact.ts';
import type { ProbeSubject } from './probe.ts';

/** How many objects that break a policy are named. */
const NAMED = 3;

/**
 * Evaluates a CEL expression over every object that a Release brings into an Environment. An expression that fails, for
 * example because a field is missing, counts as not fulfilled: what is not known to be right does not pass.
 */
export async function policyProbe(
  repository: Repository,
  gate: GateOf<'policy'>,
  subject: ProbeSubject,
): Promise<GateFact> {
  const objects = await objectsOf(repository, subject);
  const broken = brokenBy(gate.expression, objects);
  if (broken.length === 0) return { phase: 'passed', reason: `${objects.length} objects fulfil it` };
  const names =
    broken.slice(0, NAMED).join(', ') + (broken.length > NAMED ? ` and ${broken.length - NAMED} more` : '');
  return { phase: 'failed', reason: `${gate.message}: ${names}` };
}

/** An object of Kubernetes, as far as it is looked at here. */
export interface PolicyObject {
  readonly kind?: unknown;
  readonly metadata?: { readonly name?: unknown };
}

/** `<kind> <name>` of each object for which an expression is not true. */
export function brokenBy(expression: string, objects: readonly PolicyObject[]): readonly string[] {
  const program = new Environment({ unlistedVariablesAreDyn: true }).parse(expression);
  return objects
    .filter((object) => !isTrue(() => program({ object })))
    .map(({ kind, metadata }) => `${String(kind)} ${String(metadata?.name)}`);
}

function isTrue(evaluate: () => unknown): boolean {
  try {
    return evaluate() === true;
  } catch {
    return false; // a missing field is not a fulfilled condition
  }
}

async function objectsOf(
  repository: Repository,
  { release, environment }: ProbeSubject,
): Promise<readonly PolicyObject[]> {
  const entries = await repository.listTree(`${release.tree}:${environment}`, { recursive: true });
  const files = entries.filter(({ path }) => path.endsWith('.yaml'));
  const contents = await repository.readBlobs(files.map(({ oid }) => oid));
  return contents.flatMap((content) =>
    parseAllDocuments(content.toString('utf8'))
      .map((document) => document.toJS() as PolicyObject | null)
      .filter((object) => object !== null && typeof object === 'object' && object.kind !== undefined),
  ) as readonly PolicyObject[];
}
