import type { Db } from '../db/index.ts';

/** Where things wait for their instants: a table with a column `slot`, and an index on both. */
export interface DueColumn {
  table: string;
  column: string;
  /** Which rows count, as in the condition of the index. */
  where?: string;
}

/** Whether anything of these slots is due by an instant, as SQL over its parameters. */
export function isDueSql(
  columns: readonly DueColumn[],
  { slots, by }: { slots: string; by: string },
): string {
  // Both parameters are named whatever there is.
  if (columns.length === 0) return `${slots}::integer[] is null or ${by}::timestamptz is null`;
  return columns
    .map(
      ({ table, column, where }) =>
        `exists (select from ${table} where slot = any(${slots}::integer[])${and(where)} and ${column} <= ${by})`,
    )
    .join('\n or ');
}

/** Whether anything is due by now, whatever its workspace's mark. */
export async function hasDue(
  db: Db,
  { columns, slots, now }: { columns: readonly DueColumn[]; slots: number[]; now: Date },
): Promise<boolean> {
  if (columns.length === 0) return false;
  const { rows } = await db.query<{ due: boolean }>({
    name: `has_due_${tablesOf(columns)}`,
    text: `select ${isDueSql(columns, { slots: '$1', by: '$2' })} as due`,
    values: [slots, now],
  });
  return rows[0]!.due;
}

/**
 * The first instant within the range at which something is due, in epoch milliseconds: polls look no
 * further than to the next poll, so that a million that wait need not be read.
 */
export async function nextDue(
  db: Db,
  {
    columns,
    slots,
    after,
    before,
  }: { columns: readonly DueColumn[]; slots: number[]; after: Date; before: Date },
): Promise<number | undefined> {
  if (columns.length === 0) return undefined;
  const firsts = columns.map(
    ({ table, column, where }) =>
      `(select min(${column}) from ${table}
         where slot = any($1::integer[])${and(where)} and ${column} > $2 and ${column} <= $3)`,
  );
  const { rows } = await db.query<{ at: Date | null }>({
    name: `next_due_${tablesOf(columns)}`,
    text: `select least(${firsts.join(', ')}) as at`,
    values: [slots, after, before],
  });
  return rows[0]?.at?.getTime();
}

function and(where: string | undefined): string {
  return where === undefined ? '' : ` and ${where}`;
}

/** Part of the names of statements over them: a name stands for one text. */
export function tablesOf(columns: readonly DueColumn[]): string {
  return columns.map(({ table }) => table).join('_');
}
