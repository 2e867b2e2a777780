import type { Db } from '../db/index.ts';
import type { ContactSearch } from './parse-search.ts';

/** Looked at of each way to find a contact. */
export const MOST_FOUND = 2000;

export interface Found {
  ids: number[];
  /** There may be more than these. */
  bounded: boolean;
}

/** Contacts that may be meant, each way by its own index, in one statement. */
export async function searchContacts(
  db: Db,
  {
    workspaceId,
    search,
    deleted = false,
  }: { workspaceId: number; search: ContactSearch; deleted?: boolean },
): Promise<Found> {
  const values: unknown[] = [workspaceId];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const ways = [...exactWays(search, put), ...beginningWays(search, { put, deleted })];
  if (ways.length === 0) return { ids: [], bounded: false };
  const { rows } = await db.query<{ way: number; id: number }>(
    ways.map((way, n) => `(select ${n} as way, id from (${way}) as found)`).join('\nunion all\n'),
    values,
  );
  const byWay = Map.groupBy(rows, (row) => row.way);
  return {
    ids: [...new Set(rows.map((row) => row.id))],
    bounded: [...byWay.values()].some((found) => found.length > MOST_FOUND),
  };
}

type Put = (value: unknown) => string;

/** Indexes: contacts_pkey, identifiers_pkey. */
function exactWays({ contactId, identifier, externalId }: ContactSearch, put: Put): string[] {
  const ways: string[] = [];
  if (contactId !== undefined) {
    ways.push(`select id from contacts where id = ${put(contactId)} and workspace_id = $1`);
    ways.push(ownersOf(['contact'], String(contactId), put));
  }
  if (externalId !== undefined) ways.push(ownersOf(['external_id'], externalId, put));
  if (identifier !== undefined) ways.push(ownersOf(PASTED, identifier, put));
  return ways;
}

/** Kinds of identifiers that people copy from a log and paste into a search. */
const PASTED = ['external_id', 'device_id', 'anonymous_id', 'push_token', 'web_push', 'chat_id'];

function ownersOf(kinds: string[], value: string, put: Put): string {
  return `select contact_id as id from identifiers
           where workspace_id = $1 and kind = any(${put(kinds)}) and value = ${put(value)}`;
}

/** Indexes: contacts_email, contacts_phone, contacts_external_id, contacts_name, contacts_surname. */
function beginningWays(
  { beginnings }: ContactSearch,
  { put, deleted }: { put: Put; deleted: boolean },
): string[] {
  return Object.entries(beginnings).flatMap(([column, wanted]) =>
    [wanted].flat().map((beginning) => {
      // Compared by bytes, as the indexes are: nothing that begins so comes after the last code point.
      const [from, to] = [put(beginning), put(`${beginning}\u{10ffff}`)];
      return `select id from contacts
               where workspace_id = $1 and ${column} ~>=~ ${from} and ${column} ~<~ ${to} and deleted_at is ${deleted ? 'not ' : ''}null
               order by ${column} using ~<~
               limit ${MOST_FOUND + 1}`;
    }),
  );
}
