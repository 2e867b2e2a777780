import type { Db } from '../db/index.ts';

/** Statements joined into one: planning grows with them. */
const AT_ONCE = 50;

/**
 * The rows of one statement for each event type, joined by `union all`. A lateral join with a limit
 * would say it shorter, and a cluster cannot push that down; `statement` gets the type as a literal.
 */
export async function unionTypes<Row extends object>(
  db: Db,
  {
    typeIds,
    statement,
    values,
  }: { typeIds: number[]; statement: (typeId: string) => string; values: unknown[] },
): Promise<Row[]> {
  const found: Row[][] = [];
  for (let first = 0; first < typeIds.length; first += AT_ONCE) {
    const parts = typeIds
      .slice(first, first + AT_ONCE)
      .map((id) => `(${statement(`${BigInt(id)}::bigint`)})`);
    found.push((await db.query<Row>(parts.join('\nunion all\n'), values)).rows);
  }
  // Not by arguments of a call: there may be more rows than a call takes.
  return found.flat();
}
