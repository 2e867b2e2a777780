import type { Db, Pool } from '../../db/index.ts';
import type { Json } from '../../inbox/index.ts';
import { countContacts } from '../count-contacts.ts';

/** Up to here every card is read; of more, about so many. */
const MOST_READ = 100_000;

/** A value that contacts have in a field, and how many. */
export interface StoredValue {
  value: Json;
  contacts: number;
}

export interface StoredValues {
  /** The most frequent first. */
  values: StoredValue[];
  exact: boolean;
}

/**
 * What contacts have in a custom field, those who are deleted too: their values are stored. Of many
 * contacts some pages of the table are drawn, and the numbers scaled.
 */
export async function readStoredValues(
  db: Pool,
  { workspaceId, field }: { workspaceId: number; field: string },
): Promise<StoredValues> {
  const { total } = await countContacts(db, { workspaceId, identified: false });
  const isSample = total > MOST_READ;
  const drawn = isSample ? `tablesample system (${((100 * MOST_READ) / total).toFixed(6)})` : '';
  const { rows } = await db.query<StoredValue & { looked_at: number }>(
    `select value, count(*)::int as contacts
       from (select fields -> $2 as value from contacts ${drawn}
              where workspace_id = $1 and merged_into is null and fields ? $2) card
      group by value
      order by contacts desc, value`,
    [workspaceId, field],
  );
  if (!isSample) return { values: rows, exact: true };
  const scale = total / MOST_READ;
  return {
    values: rows.map((row) => ({ ...row, contacts: Math.round(row.contacts * scale) })),
    exact: false,
  };
}

/** How many cards have a value of a field: for work in the background. */
export async function countStored(
  db: Db,
  { workspaceId, field }: { workspaceId: number; field: string },
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from contacts
      where workspace_id = $1 and merged_into is null and fields ? $2`,
    [workspaceId, field],
  );
  return rows[0]!.n;
}

/** The next contacts that have one; index contacts_pkey. */
export async function nextStored(
  db: Db,
  {
    workspaceId,
    field,
    after,
    limit,
  }: { workspaceId: number; field: string; after: number; limit: number },
): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select id from contacts
      where id > $3 and workspace_id = $1 and merged_into is null and fields ? $2
      order by id
      limit $4`,
    [workspaceId, field, after, limit],
  );
  return rows.map(({ id }) => id);
}
