import type { Check } from '../check.ts';

/** Whether the newest revision was hydrated: until it is, nothing new is promoted. */
export const hydrationCheck: Check = {
  name: 'hydration',
  title: 'hydration of the newest revision',
  codes: ['DRY161'],
  live: true,
  async run({ live }) {
    const views = await Promise.all(live.map((fleet) => fleet.matrix()));
    return views.flatMap(({ hydration }) => {
      if (hydration === undefined) return [];
      const found = [hydration.message, ...hydration.problems].join('; ');
      const subject = `revision ${hydration.revision.slice(0, 7)}`;
      return [
        { code: 'DRY161', severity: 'error' as const, subject, found, remedy: 'mend it, commit and push' },
      ];
    });
  },
};
