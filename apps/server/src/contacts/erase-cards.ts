import type { Db, Tx } from '../db/index.ts';

/** Addresses, external IDs and devices of these contacts: what else may name them. */
export async function readKnownBy(
  db: Db,
  { contactIds }: { contactIds: number[] },
): Promise<string[]> {
  const { rows } = await db.query<{ value: string }>(
    `select address as value from addresses where contact_id = any($1)
      union select external_id from contacts where id = any($1) and external_id is not null
      union select email from contacts where id = any($1) and email is not null
      union select phone from contacts where id = any($1) and phone is not null
      union select device_id from devices where contact_id = any($1)
      union select push_token from devices where contact_id = any($1) and push_token is not null`,
    [contactIds],
  );
  return rows.map(({ value }) => value);
}

/** The cards themselves, those that were merged away too, and what of them stands in indexes. */
export async function eraseCards(
  tx: Tx,
  { contactIds }: { contactIds: number[] },
): Promise<number> {
  await tx.query(`delete from field_values where contact_id = any($1)`, [contactIds]);
  const { rowCount } = await tx.query(`delete from contacts where id = any($1)`, [contactIds]);
  return rowCount ?? 0;
}
