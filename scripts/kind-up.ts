import { parseArgs } from 'node:util';
import { formatPlan, formatStatus, kindPreflight, openKindProvider, progressWriter } from '@drydock/fleet';
import { entry, ROOT } from './kind/entry.ts';
import { kindFlags, kindOptions } from './kind/kind-options.ts';

/** Entry point of `make kind-up` and, with `--dry-run`, of `make kind-plan`. */
await entry(async (signal) => {
  const { values } = parseArgs({
    options: {
      ...kindFlags,
      'dry-run': { type: 'boolean', default: false },
      inputs: { type: 'boolean', default: false },
    },
  });
  const preflight = () => kindPreflight({ root: ROOT, profile: values.profile, env: process.env });
  const provider = await openKindProvider({ ...kindOptions(values), preflight });
  const asData = values.output === 'json';
  if (values['dry-run']) {
    const plan = await provider.plan();
    const text = () => formatPlan(plan, { inputs: values.inputs, root: `${ROOT}/` });
    process.stdout.write(asData ? `${JSON.stringify(plan, undefined, 2)}\n` : text());
    return plan.problems.length === 0 ? 0 : 1;
  }
  const progress = progressWriter((text) => void process.stderr.write(text), process.stderr.isTTY);
  const status = await provider.up({ signal, progress });
  process.stdout.write(asData ? `${JSON.stringify(status, undefined, 2)}\n` : formatStatus(status));
  if (!asData) process.stdout.write(NEXT);
  return status.state === 'running' ? 0 : 1;
});

const NEXT = `
push to it:     git push drydock HEAD:main
ask it:         eval "$(node_modules/.bin/node scripts/kind-control.ts env)" && npx drydock status
its portal:     http://localhost:7008
its Argo CD:    make argocd-ui
remove it:      make kind-down
`;
