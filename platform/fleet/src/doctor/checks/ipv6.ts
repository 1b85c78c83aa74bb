import { type Check, SkippedError } from '../check.ts';

const SWITCH = '/proc/sys/net/ipv6/conf/all/disable_ipv6';

/** Kind makes its docker network with an IPv6 range (kind, `pkg/cluster/internal/providers/docker/network.go`). */
export const ipv6Check: Check = {
  name: 'ipv6',
  title: 'IPv6',
  codes: ['DRY124'],
  target: 'kind',
  async run({ machine, files }) {
    if (machine.platform !== 'linux') throw new SkippedError(`Docker has its own on ${machine.platform}`);
    const value = await files.read(SWITCH);
    if (value?.trim() === '0') return [];
    const found =
      'switched off; Kind then makes its docker network without it, which is slower to start and fails on some engines';
    const remedy = 'sudo sysctl net.ipv6.conf.all.disable_ipv6=0';
    return [{ code: 'DRY124', severity: 'info', subject: 'ipv6', found, remedy }];
  },
};
