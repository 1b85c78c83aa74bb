import { SearchField, Select } from '@backstage/ui';
import type { MatrixQuery } from '@drydock/plugin-promotion-common';
import { useEffect, useState } from 'react';
import styles from './MatrixPage.module.css';

const ALL = 'all';
const KINDS = [
  { value: ALL, label: 'Addons and applications' },
  { value: 'Application', label: 'Applications' },
  { value: 'Addon', label: 'Addons' },
];
const ACTIONS = [
  { value: ALL, label: 'In any state' },
  { value: 'wait', label: 'Something waits' },
  { value: 'blocked', label: 'Something is held or frozen' },
  { value: 'promote', label: 'Something moves' },
];

/** Search and filters; they are applied by the server. */
export const MatrixFilters = (props: {
  readonly query: MatrixQuery;
  readonly teams: readonly string[];
  readonly onChange: (changes: Partial<MatrixQuery>) => void;
}) => {
  const { query, teams, onChange } = props;
  const [search, setSearch] = useState(query.search ?? '');

  useEffect(() => {
    if (search === (query.search ?? '')) return undefined;
    const timer = setTimeout(() => onChange({ search }), 200);
    return () => clearTimeout(timer);
  }, [search, query.search, onChange]);

  const pick = (name: 'kind' | 'team' | 'action') => (key: unknown) =>
    onChange({ [name]: key === ALL || key === null ? undefined : String(key) });
  const teamOptions = [
    { value: ALL, label: 'All teams' },
    ...teams.map(team => ({ value: team, label: team })),
  ];
  return (
    <div className={styles.filters} role="search">
      <SearchField
        className={styles.search}
        size="small"
        aria-label="Search units by name"
        placeholder="Search units"
        value={search}
        onChange={setSearch}
      />
      <Select
        size="small"
        aria-label="Kind"
        options={KINDS}
        value={query.kind ?? ALL}
        onChange={pick('kind')}
      />
      <Select
        size="small"
        aria-label="Team"
        options={teamOptions}
        value={query.team ?? ALL}
        onChange={pick('team')}
      />
      <Select
        size="small"
        aria-label="State"
        options={ACTIONS}
        value={query.action ?? ALL}
        onChange={pick('action')}
      />
    </div>
  );
};
