import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Case } from './case.ts';
import { Probe } from './probe.ts';

/** A divergence that is known, and why it is there. */
export interface Known {
  readonly case: string;
  readonly reason: string;
}

/** @returns the divergences that are known of the embedded cluster */
export function readBaseline(): readonly Known[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'baseline.json'), 'utf8')) as Known[];
}

/** Runs a case in a namespace of its own, which goes afterwards. @returns what does not hold, or undefined */
export async function runCase(
  config: KubeConfig,
  { name, check }: Case,
  index: number,
): Promise<string | undefined> {
  const namespace = `conformance-${Date.now().toString(36)}-${index}`;
  const probe = new Probe(config, namespace);
  const made = await probe.post('/api/v1/namespaces', { metadata: { name: namespace } });
  if (made.status !== 201)
    throw new Error(`failed to create a namespace for "${name}": ${made.text.slice(0, 300)}`);
  try {
    await check(probe);
    return undefined;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } finally {
    await probe.delete(`/api/v1/namespaces/${namespace}`);
  }
}
