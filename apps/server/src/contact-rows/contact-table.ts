import type { Json } from '../inbox/index.ts';

/** A row as the database writes it in JSON. */
export type Row = Record<string, Json>;

/**
 * Chooses among two rows of one key, when their contacts become one. The answer may be one of the
 * two or joined of both; whose row it becomes does not matter.
 */
export type Settle = (rows: { kept: Row; dropped: Row }) => Row;

/**
 * A table whose rows belong to contacts: `contact_id` leads its primary key, `workspace_id` and
 * `source_contact_id` (null: written as it stands) are there. From the declaration alone rows move
 * when contacts are merged and go back when that is undone, a person is exported, and erased.
 */
export interface ContactTable {
  table: string;
  /**
   * Where two contacts may have a row of the same key: the columns that with the contact make the
   * key, and which row stands. Without it, keys are unique over all contacts.
   */
  conflict?: { key: string[]; settle: Settle };
  /** Has a column `slot`: that of its contact. */
  slotted?: true;
  /**
   * A row written for a row of that table goes where that one goes: `by` holds its `id`, or the
   * parameter of that name does.
   */
  follows?: { table: string; by: string } | { table: string; byParam: string };
}

/** The survivor's row stands. */
export const keepSurvivors: Settle = ({ kept }) => kept;

/** The row with the later instant stands; at equal times, or without one, the survivor's. */
export function takeLater(column: string): Settle {
  return ({ kept, dropped }) =>
    instantOf(dropped, column) > instantOf(kept, column) ? dropped : kept;
}

/** The row with the earlier instant stands; at equal times the survivor's. */
export function takeEarlier(column: string): Settle {
  return ({ kept, dropped }) =>
    instantOf(dropped, column) < instantOf(kept, column) ? dropped : kept;
}

/** Epoch milliseconds; no instant lies before all others. */
export function instantOf(row: Row, column: string): number {
  const value = row[column];
  return typeof value === 'string' ? Date.parse(value) : -Infinity;
}
