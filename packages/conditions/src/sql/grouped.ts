import { earliest } from './changes.ts';
import type { FactRows } from './fact-rows.ts';

/** A measure of the facts of one contact each, as a relation grouped by contact. */
export interface MeasureSql {
  /** Holds those for whom the answer is another one than for contacts without facts. */
  members(): string;
  /** Holds all for whom it is or may become another one, with `passes` and `changes_at`. */
  changes(): string;
}

/** All contacts that have facts. */
export function all(rows: FactRows): string {
  return `
 select ${rows.contactId} as contact_id
 from ${rows.relation}${grouping(rows)}`;
}

function grouping({ contactId, standsFor }: FactRows): string {
  return standsFor === undefined ? `\n group by ${contactId}` : '';
}

/** Those contacts of whose facts the answer is not what it is about none. */
export function members(rows: FactRows, passes: string, passesOnNothing: boolean): string {
  return `${all(rows)}
 ${rows.standsFor === undefined ? 'having' : 'and'} ${passesOnNothing ? `not coalesce(${passes}, false)` : passes}`;
}

/** All contacts that have facts, with the answer and when time alone may change it. */
export function withChanges(
  rows: FactRows,
  { passes, bounds }: { passes: string; bounds: readonly (string | undefined)[] },
): string {
  const all = [...bounds, rows.shiftsAt && `min(${rows.shiftsAt})`];
  return `
 select ${rows.contactId} as contact_id, coalesce(${passes}, false) as passes,
        ${earliest(all.filter((bound) => bound !== undefined))} as changes_at
 from ${rows.relation}${grouping(rows)}`;
}
