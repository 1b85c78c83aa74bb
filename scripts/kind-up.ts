import { parseArgs } from 'node:util';
import { formatPlan, openKindProvider, runDoctor } from '@drydock/fleet';
import { entry, ROOT } from './kind/entry.ts';
import { kindFlags, kindOptions } from './kind/kind-options.ts';
import { showProgress } from './kind/show-progress.ts';
import { statusText } from './kind/show-status.ts';

/** Entry point of `make kind-up` and, with `--dry-run`, of `make kind-plan`. */
await entry(async (signal) => {
  const { values } = parseArgs({
    options: {
      ...kindFlags,
      'dry-run': { type: 'boolean', default: false },
      inputs: { type: 'boolean', default: false },
    },
  });
  const provider = await openKindProvider({
    ...kindOptions(values),
    preflight: () => preflight(values.profile),
  });
  const asData = values.output === 'json';
  if (values['dry-run']) {
    const plan = await provider.plan();
    process.stdout.write(
      asData
        ? `${JSON.stringify(plan, undefined, 2)}\n`
        : formatPlan(plan, { inputs: values.inputs, root: `${ROOT}/` }),
    );
    return plan.problems.length === 0 ? 0 : 1;
  }
  const progress = showProgress((text) => void process.stderr.write(text), process.stderr.isTTY);
  const status = await provider.up({ signal, progress });
  process.stdout.write(asData ? `${JSON.stringify(status, undefined, 2)}\n` : statusText(status));
  return status.state === 'running' ? 0 : 1;
});

/** Codes about tools, Docker, the machine and the files of the fleet. Clusters in the way are the provider's to name. */
const STOPPING = /^DRY1[0125]/;

/** What the doctor says stands against it. */
async function preflight(profile: string): Promise<readonly string[]> {
  const report = await runDoctor({ root: ROOT, targets: ['kind'], profile, live: false, env: process.env });
  const errors = report.findings.filter(({ severity, code }) => severity === 'error' && STOPPING.test(code));
  return errors.map(
    ({ code, subject, found, remedy }) =>
      `${code} ${subject}: ${found}\n      → ${remedy ?? 'drydock doctor'}`,
  );
}
