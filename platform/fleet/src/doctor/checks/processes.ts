import type { Check } from '../check.ts';

/** The processes of a local fleet: running, and not started again and again. */
export const processesCheck: Check = {
  name: 'processes',
  title: 'processes of the fleet',
  codes: ['DRY160'],
  live: true,
  async run({ live }) {
    const all = await Promise.all(
      live.map(async (fleet) => (await fleet.parts()).map((part) => ({ ...part, provider: fleet.provider }))),
    );
    return all.flat().flatMap(({ part, state, restarts, provider }) => {
      if (state === 'ready' && restarts === 0) return [];
      const folder = provider === 'kind' ? '.drydock/kind/logs' : '.drydock/logs';
      return [
        {
          code: 'DRY160',
          severity: state === 'ready' ? ('warning' as const) : ('error' as const),
          subject: `${provider} ${part}`,
          found: state === 'ready' ? `ended ${restarts} times and was started again` : `is ${state}`,
          remedy: `read ${folder}/${part}.log`,
        },
      ];
    });
  },
};
