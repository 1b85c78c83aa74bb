import type { MatrixView, RowView } from '@drydock/promoter';
import type { Check } from '../check.ts';
import type { Finding } from '../finding.ts';

/** Environments that run another release than the one before them: behind, which has a reason, or ahead, which has none. */
export const skewCheck: Check = {
  name: 'skew',
  title: 'environments against each other',
  codes: ['DRY142', 'DRY143'],
  live: true,
  async run({ live }) {
    const views = await Promise.all(live.map((fleet) => fleet.matrix()));
    return views.flatMap((view) => view.rows.flatMap((row) => rowFindings(view, row)));
  },
};

function rowFindings({ environments }: MatrixView, { unit, cells }: RowView): readonly Finding[] {
  return environments.flatMap(({ name, after }) =>
    after.flatMap((earlier): readonly Finding[] => {
      const before = cells.find(({ environment }) => environment === earlier)?.release;
      const cell = cells.find(({ environment }) => environment === name);
      if (before === undefined || cell?.release === undefined || cell.release.id === before.id) return [];
      const found = `${cell.release.name} (${cell.release.subject}), ${earlier} has ${before.name} (${before.subject})`;
      const subject = `${unit} in ${name}`;
      if (cell.release.sequence > before.sequence) {
        return [
          {
            code: 'DRY143',
            severity: 'warning',
            subject,
            found: `ahead of ${earlier}: ${found}`,
            remedy: `drydock promote ${unit} ${earlier}`,
          },
        ];
      }
      const why = cell.verdict.reasons.map(({ message }) => message).join('; ');
      return [
        {
          code: 'DRY142',
          severity: 'info',
          subject,
          found: why === '' ? found : `${found}; ${why}`,
          remedy: `drydock plan shows when it moves`,
        },
      ];
    }),
  );
}
