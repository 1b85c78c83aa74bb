import { runDoctor } from '../doctor/run-doctor.ts';

/** Codes about tools, Docker, the machine and the files of the fleet. Clusters in the way are the provider's to name. */
const STOPPING = /^DRY1[0125]/;

export interface KindPreflightOptions {
  readonly root: string;
  readonly profile: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What stands against bringing a fleet up on Kind here, with what mends it. Changes nothing. */
export async function kindPreflight({
  root,
  profile,
  env,
}: KindPreflightOptions): Promise<readonly string[]> {
  const { findings } = await runDoctor({ root, targets: ['kind'], profile, live: false, env });
  const errors = findings.filter(({ severity, code }) => severity === 'error' && STOPPING.test(code));
  return errors.map(
    ({ code, subject, found, remedy }) =>
      `${code} ${subject}: ${found}\n      → ${remedy ?? 'drydock doctor'}`,
  );
}
