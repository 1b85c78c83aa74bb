import type { FieldValidation, WriteOptions } from '../api/write-context.ts';
import { badRequest } from '../model/status-error.ts';

/** @throws StatusError 400 for values that are not allowed */
export function parseWriteOptions(query: URLSearchParams, userAgent: string | undefined): WriteOptions {
  const dryRun = query.getAll('dryRun').filter((value) => value !== '');
  if (dryRun.some((value) => value !== 'All'))
    throw badRequest(`dryRun: Unsupported value: ${JSON.stringify(dryRun[0])}: supported values: "All"`);
  const manager = query.get('fieldManager') || managerOf(userAgent);
  if (manager.length > 128 || /[^\x20-\x7e]/.test(manager))
    throw badRequest('fieldManager: Invalid value: at most 128 printable characters');
  return {
    manager,
    dryRun: dryRun.length > 0,
    fieldValidation: fieldValidation(query.get('fieldValidation')),
  };
}

function fieldValidation(value: string | null): FieldValidation {
  if (value === null || value === '') return 'Warn';
  if (value === 'Ignore' || value === 'Warn' || value === 'Strict') return value;
  throw badRequest(
    `fieldValidation: Unsupported value: ${JSON.stringify(value)}: supported values: "Ignore", "Warn", "Strict"`,
  );
}

/** The part of the user agent before the first slash, as a real API server takes it. */
function managerOf(userAgent: string | undefined): string {
  return (
    userAgent
      ?.split('/', 1)[0]
      ?.replaceAll(/[^\x20-\x7e]/g, '')
      .slice(0, 128) || 'unknown'
  );
}
