import type { GateOf } from '@drydock/model';
import { z } from 'zod';
import type { GateFact } from '../decide/gates/gate-fact.ts';
import { signWebhook } from '../webhooks/github.ts';
import { fillIn, type ProbeSubject } from './probe.ts';

const answerSchema = z.object({
  phase: z.enum(['passed', 'failed', 'pending']),
  reason: z.string().max(500).default(''),
});

/** Finds the key of a name; undefined when there is none. */
export type SecretReader = (name: string) => Promise<string | undefined>;

const TIME_LIMIT = 10_000;

/** Asks an HTTP endpoint whether a Release may enter. The question is JSON, signed like a GitHub webhook. */
export async function checkProbe(
  gate: GateOf<'check'>,
  subject: ProbeSubject,
  secretOf: SecretReader,
): Promise<GateFact> {
  const { url, secret } = gate;
  if (url === undefined) return { phase: 'pending', reason: 'nobody has reported it yet' };
  const key = secret === undefined ? undefined : await secretOf(secret);
  if (secret !== undefined && key === undefined)
    return { phase: 'pending', reason: `the promoter has no secret "${secret}"` };
  const { environment, release } = subject;
  const question = {
    check: gate.name,
    unit: release.unit,
    environment,
    release: release.id,
    revision: release.revision,
  };
  const body = JSON.stringify(question);
  const headers = {
    'content-type': 'application/json',
    ...(key && { 'x-hub-signature-256': signWebhook(key, body) }),
  };
  const init = {
    method: 'POST',
    body,
    headers,
    redirect: 'error',
    signal: AbortSignal.timeout(TIME_LIMIT),
  } as const;
  try {
    const response = await fetch(fillIn(url, subject, encodeURIComponent), init);
    if (!response.ok) return { phase: 'pending', reason: `the check answered ${response.status}` };
    const { phase, reason } = answerSchema.parse(await response.json());
    return { phase, reason: reason || phase };
  } catch (error) {
    return { phase: 'pending', reason: `the check did not answer: ${reasonOf(error)}` };
  }
}

/** What went wrong, without the addresses and headers that an error may carry. */
export function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return 'its answer is not of the form that was agreed on';
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  return code ?? (error.name === 'TimeoutError' ? 'it took too long' : error.name);
}
