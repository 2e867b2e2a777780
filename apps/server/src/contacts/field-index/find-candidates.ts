import { inTransaction, sqlState, type Pool, type Tx } from '../../db/index.ts';
import { newStatement } from '../filter/statement.ts';
import type { Narrowing } from './narrow-filter.ts';

/** Of more than these a page is soon full by going through the contacts themselves. */
const MOST_CANDIDATES = 5000;

/** Looking for a part of a text reads the whole index of the field. */
const PATIENCE_MS = 1000;

/** The contacts that a filter can hold for, if some index says that they are few. */
export async function findCandidates(
  db: Pool,
  { narrowings }: { narrowings: Narrowing[] },
): Promise<number[] | undefined> {
  for (const narrowing of narrowings) {
    const found = await inTransaction(db, (tx) => readFew(tx, narrowing), { readOnly: true });
    if (found) return found;
  }
  return undefined;
}

/** Undefined: they are many, or it takes too long. Indexes field_values_texts, field_values_numbers. */
async function readFew(tx: Tx, narrowing: Narrowing): Promise<number[] | undefined> {
  const { put, values } = newStatement();
  const query = narrowing(put);
  await tx.query(`set local statement_timeout = ${PATIENCE_MS}`);
  try {
    const { rows } = await tx.query<{ contact_id: number }>(
      `select contact_id from (${query}) found limit ${MOST_CANDIDATES + 1}`,
      values,
    );
    if (rows.length > MOST_CANDIDATES) return undefined;
    return [...new Set(rows.map((row) => row.contact_id))];
  } catch (error) {
    if (sqlState(error) === '57014') return undefined;
    throw error;
  }
}
