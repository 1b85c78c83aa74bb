import { isDeepStrictEqual } from 'node:util';
import type { Answer, Json, Probe } from './probe.ts';

/** One statement about the behaviour of a Kubernetes API server. */
export interface Case {
  /** Stands in the baseline; `area: statement`. */
  readonly name: string;
  /** @throws Error when the statement is not true */
  readonly check: (probe: Probe) => Promise<void>;
}

/** A case that does not hold. */
export class Divergence extends Error {
  override readonly name = 'Divergence';
}

/** @throws Divergence unless the answer has the status, and the reason if one is given */
export function expectStatus(answer: Answer, status: number, reason?: string): void {
  const same = answer.status === status && (reason === undefined || answer.body?.reason === reason);
  if (!same)
    throw new Divergence(
      `expected ${status} ${reason ?? ''}, got ${answer.status} ${answer.body?.reason ?? ''}: ${answer.text.slice(0, 300)}`,
    );
}

/** @throws Divergence unless the values are equal */
export function expectEqual(actual: Json, expected: Json, what: string): void {
  if (!isDeepStrictEqual(actual, expected))
    throw new Divergence(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
}

/** @throws Divergence unless the condition holds */
export function expectThat(condition: boolean, what: string): void {
  if (!condition) throw new Divergence(`expected ${what}`);
}

/** Asks again until the answer is as it should be. @throws Divergence when it does not become so */
export async function eventually(
  ask: () => Promise<Answer>,
  good: (answer: Answer) => boolean,
  what: string,
): Promise<Answer> {
  let answer = await ask();
  for (let tries = 0; tries < 200 && !good(answer); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    answer = await ask();
  }
  if (!good(answer))
    throw new Divergence(`expected ${what} in the end, got ${answer.status}: ${answer.text.slice(0, 300)}`);
  return answer;
}

/** @returns a ConfigMap */
export function configMap(name: string, more: Json = {}): Json {
  const { metadata, ...rest } = more;
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...metadata }, ...rest };
}

/** @returns a Deployment of one container */
export function deployment(name: string, more: Json = {}): Json {
  const labels = { app: name };
  const container = { name: 'main', image: 'registry.k8s.io/pause:3.10' };
  const template = { metadata: { labels }, spec: { containers: [container] } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { replicas: 1, selector: { matchLabels: labels }, template, ...more },
  };
}
