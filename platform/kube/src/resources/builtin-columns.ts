import type { PrinterColumn } from './resource-type.ts';

/** @returns the columns of a built-in kind beside its name and age. */
export function columnsOf(_kind: string): readonly PrinterColumn[] {
  return [];
}
