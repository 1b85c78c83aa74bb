import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { FleetPaths } from './fleet-paths.ts';

const runFileSchema = z.object({ url: z.string(), token: z.string(), pid: z.int() });

const statusSchema = z.object({
  fleet: z.string(),
  pid: z.int(),
  /** Empty until everything is ready. */
  phase: z.enum(['starting', 'ready', 'failed']),
  message: z.string().optional(),
  startedAt: z.string(),
  phases: z.array(z.object({ name: z.string(), milliseconds: z.number() })),
  parts: z.array(
    z.object({
      part: z.string(),
      state: z.enum(['starting', 'ready', 'stopped']),
      pid: z.int().optional(),
      restarts: z.int(),
    }),
  ),
});

/** What the supervisor says of itself. */
export type SupervisorStatus = z.infer<typeof statusSchema>;

/**
 * Asks the running supervisor how it does. What answers at the address with the right token is ours, so a file that a
 * crash left behind, or another process with the same number, is never taken for it.
 *
 * @returns undefined when none is running
 */
export async function supervisorStatus(paths: FleetPaths): Promise<SupervisorStatus | undefined> {
  const response = await call(paths, 'GET', '/status');
  return response === undefined ? undefined : statusSchema.parse(await response.json());
}

/** Tells the running supervisor to end. @returns whether there was one */
export async function stopSupervisor(paths: FleetPaths): Promise<boolean> {
  return (await call(paths, 'POST', '/stop')) !== undefined;
}

async function call(paths: FleetPaths, method: string, path: string): Promise<Response | undefined> {
  const text = await readFile(paths.run, 'utf8').catch(() => undefined);
  const file = text === undefined ? undefined : runFileSchema.safeParse(parseJson(text)).data;
  if (file === undefined) return undefined;
  const headers = { authorization: `Bearer ${file.token}` };
  const response = await fetch(new URL(path, file.url), {
    method,
    headers,
    signal: AbortSignal.timeout(5_000),
  }).catch(() => undefined);
  return response?.ok === true ? response : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a file torn by a crash tells of nothing that runs
  }
}
