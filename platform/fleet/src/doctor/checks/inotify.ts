import { type Check, SkippedError } from '../check.ts';

/** https://kind.sigs.k8s.io/docs/user/known-issues/#pod-errors-due-to-too-many-open-files */
const WANTED: Readonly<Record<string, number>> = { max_user_watches: 524_288, max_user_instances: 512 };

export const inotifyCheck: Check = {
  name: 'inotify',
  title: 'inotify limits',
  codes: ['DRY120'],
  target: 'kind',
  async run({ machine, files, profile }) {
    if (machine.platform !== 'linux') throw new SkippedError(`not a limit on ${machine.platform}`);
    const found = await Promise.all(
      Object.entries(WANTED).map(async ([name, wanted]) => {
        const text = await files.read(`/proc/sys/fs/inotify/${name}`);
        return { name, wanted, value: text === undefined ? undefined : Number(text) };
      }),
    );
    const low = found.filter(({ value, wanted }) => value !== undefined && value < wanted);
    return low.map(({ name, value, wanted }) => ({
      code: 'DRY120',
      severity: profile?.clusters?.length === 1 ? ('warning' as const) : ('error' as const),
      subject: `fs.inotify.${name}`,
      found: `${value}, several clusters need ${wanted}: without, pods end with "too many open files"`,
      remedy: `sudo sysctl fs.inotify.${name}=${wanted}`,
    }));
  },
};
