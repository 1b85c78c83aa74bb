import { doctorExitCode, formatDoctorReport, runDoctor, type Target } from '@drydock/fleet';
import { InputError } from '@drydock/model';
import { type Command, outputOption } from '../command.ts';
import { findRoot } from '../find-root.ts';
import { printResult } from '../print/result.ts';

const TARGETS: readonly Target[] = ['embedded', 'kind'];

export const doctor: Command = {
  name: 'doctor',
  summary: 'what is wrong with this machine, these files and this fleet, and the command that mends it',
  parameters: [],
  options: {
    for: { type: 'string', value: 'KIND', help: 'embedded, kind or all; by default what is used here' },
    profile: { type: 'string', value: 'NAME', help: 'profile of the Kind clusters', default: 'default' },
    ...outputOption,
  },
  async run({ streams, cwd, env }, _positionals, values) {
    const report = await runDoctor({
      root: findRoot(cwd),
      env,
      targets: targetsOf(values.for),
      profile: typeof values.profile === 'string' ? values.profile : undefined,
    });
    printResult(streams, values, report, () => formatDoctorReport(report, { color: streams.colour }));
    return doctorExitCode(report);
  },
};

function targetsOf(value: string | boolean | undefined): readonly Target[] | undefined {
  if (value === undefined) return undefined;
  if (value === 'all') return TARGETS;
  const target = TARGETS.find((candidate) => candidate === value);
  if (target !== undefined) return [target];
  throw new InputError(`--for: expected embedded, kind or all, got "${value}"`);
}
