import type { MatrixQuery } from '@drydock/plugin-promotion-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

const PAGE_SIZE = 50;

/** Page and filters, kept in the URL so that a link shows the same rows. */
export function useMatrixQuery() {
  const [params, setParams] = useSearchParams();
  const text = params.toString();
  const query = useMemo(() => readQuery(new URLSearchParams(text)), [text]);
  const change = useCallback(
    (changes: Partial<MatrixQuery>) =>
      setParams(old => writeQuery(old, { page: undefined, ...changes }), {
        replace: true,
      }),
    [setParams],
  );
  return { query, change };
}

/** @internal */
export function readQuery(params: URLSearchParams): MatrixQuery {
  const get = (name: string) => params.get(name) || undefined;
  return {
    page: positive(get('page')) ?? 1,
    pageSize: positive(get('pageSize')) ?? PAGE_SIZE,
    search: get('search'),
    team: get('team'),
    kind: oneOf(get('kind'), ['Addon', 'Application'] as const),
    action: oneOf(get('action'), ['promote', 'wait', 'blocked', 'current', 'none'] as const),
  };
}

function writeQuery(old: URLSearchParams, changes: Partial<MatrixQuery>): URLSearchParams {
  const params = new URLSearchParams(old);
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined || value === '') params.delete(key);
    else params.set(key, String(value));
  }
  return params;
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}

function oneOf<T extends string>(text: string | undefined, allowed: readonly T[]): T | undefined {
  return allowed.find(value => value === text);
}
