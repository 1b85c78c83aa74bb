import { type Check, SkippedError } from '../check.ts';

const SERVER = 'https://registry-1.docker.io/v2/';
const LIMIT = { warning: 30_000, error: 300_000 } as const;

/** Certificates and tokens are refused when clocks differ. */
export const clockCheck: Check = {
  name: 'clock',
  title: 'the clock of this machine',
  codes: ['DRY127'],
  async run({ network, now }) {
    const time = await network.time(SERVER);
    if (time === undefined) throw new SkippedError(`${new URL(SERVER).hostname} does not answer`);
    const skew = Math.abs(time.getTime() - now);
    if (skew < LIMIT.warning) return [];
    const found = `${Math.round(skew / 1_000)} s off; certificates and tokens are refused when clocks differ`;
    const remedy = 'sudo timedatectl set-ntp true';
    return [
      { code: 'DRY127', severity: skew < LIMIT.error ? 'warning' : 'error', subject: 'clock', found, remedy },
    ];
  },
};
