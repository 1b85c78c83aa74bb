/**
 * `npm run conformance -- --kubeconfig FILE [--context NAME]` runs the suite against any cluster and prints what does not
 * hold. Without a kubeconfig the one of kubectl is taken. It ends with 1 when a case fails that is not in the baseline.
 */
import { parseArgs } from 'node:util';
import { KubeConfig } from '@kubernetes/client-node';
import { CASES } from './cases/index.ts';
import { readBaseline, runCase } from './run-case.ts';

const { values } = parseArgs({ options: { kubeconfig: { type: 'string' }, context: { type: 'string' } } });
const config = new KubeConfig();
if (values.kubeconfig === undefined) config.loadFromDefault();
else config.loadFromFile(values.kubeconfig);
if (values.context !== undefined) config.setCurrentContext(values.context);

const baseline = new Map(readBaseline().map((known) => [known.case, known.reason]));
const counts = { held: 0, known: 0, failed: 0 };
for (const [index, each] of CASES.entries()) {
  const problem = await runCase(config, each, index);
  const reason = baseline.get(each.name);
  const outcome = problem === undefined ? 'held' : reason === undefined ? 'failed' : 'known';
  counts[outcome]++;
  process.stdout.write(
    `${outcome.padEnd(7)} ${each.name}\n${problem === undefined ? '' : `        ${reason ?? problem}\n`}`,
  );
}
process.stdout.write(`${JSON.stringify(counts)}\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;
