import type { Merge } from '@perennial/contracts';
import type { FieldChoice } from '../../contacts/index.ts';

export interface JournalRow {
  /** By field; null until the merge is applied. */
  fields: Record<string, FieldChoice> | null;
}

/** What a merge chose, as it is shown. */
export function fieldsOf({ fields }: JournalRow): Merge['fields'] {
  return Object.entries(fields ?? {}).map(([field, { kept, dropped, settled }]) => ({
    field,
    survivor: kept?.value ?? null,
    merged: dropped.value,
    took: isSame(settled, dropped) ? ('merged' as const) : ('survivor' as const),
  }));
}

function isSame(a: FieldChoice['settled'], b: FieldChoice['settled']): boolean {
  return JSON.stringify([a.value, a.set]) === JSON.stringify([b.value, b.set]);
}
