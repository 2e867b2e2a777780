import type { Db } from '../../db/index.ts';
import { CONTACT_COLUMNS, type ContactRow } from '../contact-row.ts';

export type SharedBy = 'email' | 'phone';

/** Contacts of one group that are shown. */
const MOST_SHOWN = 20;

export interface Group {
  value: string;
  contacts: ContactRow[];
  total: number;
}

/**
 * Values that several contacts have, by value. What deleted contacts keep reserved counts for
 * nothing, so a page may hold fewer groups than asked for. Index: identifiers_pkey, index-only.
 */
export async function findDuplicates(
  db: Db,
  {
    workspaceId,
    by,
    after,
    limit,
  }: { workspaceId: number; by: SharedBy; after: string; limit: number },
): Promise<{ groups: Group[]; last: string | undefined }> {
  const { rows: shared } = await db.query<{ value: string; ids: number[] }>(
    `select value, array_agg(contact_id order by contact_id) as ids
       from identifiers
      where workspace_id = $1 and kind = $2 and value > $3
      group by value
     having count(*) > 1
      order by value
      limit $4`,
    [workspaceId, by, after, limit],
  );
  const rows = await readThere(db, { ids: shared.flatMap(({ ids }) => ids) });
  const contacts = new Map(rows.map((row) => [row.id, row]));
  const groups = shared.flatMap(({ value, ids }): Group[] => {
    const there = ids.flatMap((id) => contacts.get(id) ?? []);
    const same = there.filter((row) => row[by] === value);
    return same.length > 1
      ? [{ value, contacts: same.slice(0, MOST_SHOWN), total: same.length }]
      : [];
  });
  return { groups, last: shared.length === limit ? shared.at(-1)?.value : undefined };
}

/** Index contacts_pkey. */
async function readThere(db: Db, { ids }: { ids: number[] }): Promise<ContactRow[]> {
  const { rows } = await db.query<ContactRow>(
    `select ${CONTACT_COLUMNS} from contacts where id = any($1) and deleted_at is null`,
    [ids],
  );
  return rows;
}
