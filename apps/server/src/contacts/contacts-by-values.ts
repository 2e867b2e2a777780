import type { Db } from '../db/index.ts';
import { CONTACT_COLUMNS, type ContactRow } from './contact-row.ts';

/** Exact values; names without regard to case. At least one is given, or all contacts are meant. */
export interface ContactValues {
  externalId?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  firstName?: string | undefined;
  lastName?: string | undefined;
}

/**
 * A page of the contacts that have all these values, in order of their IDs, and how many there
 * are. Indexes: contacts_external_id, contacts_email, contacts_phone, contacts_name,
 * contacts_surname; without a value contacts_of_workspace.
 */
export async function contactsByValues(
  db: Db,
  {
    workspaceId,
    values,
    offset,
    limit,
  }: { workspaceId: number; values: ContactValues; offset: number; limit: number },
): Promise<{ rows: ContactRow[]; total: number }> {
  const parameters: unknown[] = [workspaceId];
  const put = (value: string): string => `$${parameters.push(value)}`;
  const conditions = [...conditionsOf(values, put)]
    .map((condition) => ` and ${condition}`)
    .join('');
  const from = `from contacts where workspace_id = $1 and deleted_at is null${conditions}`;
  const page = await db.query<ContactRow>(
    `select ${CONTACT_COLUMNS} ${from} order by id limit ${limit} offset ${offset}`,
    parameters,
  );
  const counted = await db.query<{ n: number }>(`select count(*) as n ${from}`, parameters);
  return { rows: page.rows, total: counted.rows[0]?.n ?? 0 };
}

function* conditionsOf(
  { externalId, email, phone, firstName, lastName }: ContactValues,
  put: (value: string) => string,
): Generator<string> {
  if (externalId !== undefined) yield `external_id = ${put(externalId)}`;
  if (email !== undefined) yield `email = ${put(email)}`;
  if (phone !== undefined) yield `phone = ${put(phone)}`;
  if (firstName !== undefined) {
    const first = firstName.toLowerCase();
    const [from, to] = [put(first), put(`${first}\u{10ffff}`)];
    yield `name_key ~>=~ ${from} and name_key ~<~ ${to}`;
    yield `lower(fields ->> 'first_name') = ${put(first)}`;
  }
  if (lastName !== undefined) yield `surname_key = ${put(lastName.toLowerCase().slice(0, 200))}`;
}

/**
 * These contacts, by the ID asked for: former IDs lead to survivors; what is deleted or of another
 * workspace is missing. Indexes: identifiers_pkey, contacts_pkey.
 */
export async function contactsByIds(
  db: Db,
  { workspaceId, ids }: { workspaceId: number; ids: number[] },
): Promise<Map<number, ContactRow>> {
  if (ids.length === 0) return new Map();
  const merged = await db.query<{ value: string; contact_id: number }>(
    `select value, contact_id from identifiers
      where workspace_id = $1 and kind = 'contact' and value = any($2)`,
    [workspaceId, ids.map(String)],
  );
  const survivors = new Map(merged.rows.map((row) => [Number(row.value), row.contact_id]));
  const { rows } = await db.query<ContactRow>(
    `select ${CONTACT_COLUMNS} from contacts
      where id = any($2) and workspace_id = $1 and deleted_at is null`,
    [workspaceId, [...new Set(ids.map((id) => survivors.get(id) ?? id))]],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    ids.flatMap((id) => {
      const row = found.get(survivors.get(id) ?? id);
      return row ? [[id, row] as const] : [];
    }),
  );
}

/**
 * Which contact has each of these values of a field; of several the last one made. No index holds
 * custom fields: all contacts of the workspace are looked at.
 */
export async function contactsByField(
  db: Db,
  { workspaceId, field, values }: { workspaceId: number; field: string; values: string[] },
): Promise<Map<string, number>> {
  const { rows } = await db.query<{ value: string; id: number }>(
    `select fields ->> $2 as value, max(id) as id from contacts
      where workspace_id = $1 and deleted_at is null and fields ->> $2 = any($3)
      group by 1`,
    [workspaceId, field, values],
  );
  return new Map(rows.map(({ value, id }) => [value, id]));
}
