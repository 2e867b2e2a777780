import { channelKeys } from '@perennial/channels';
import { keyColumns, namesOf, readAllRows, type Row } from '../../contact-rows/index.ts';
import { readKnownBy } from '../../contacts/index.ts';
import type { Db } from '../../db/index.ts';
import type { Json } from '../../inbox/index.ts';
import { findSuppressions } from '../../suppressions/index.ts';
import { contactTables } from '../contact-tables.ts';
import { findDeadEvents } from '../erase/queries.ts';

/** Columns that say how we store a row, and nothing about the person. */
const OURS = ['workspace_id', 'slot', 'contact_id'];

/** Columns of bytes that are a text; the database writes bytes in JSON as `\\x` and digits. */
const WRITTEN = ['raw'];

/** Names of what is numbered inside, so that the file can be read without us. */
const NAMED: Record<string, { as: string; of: string; name: string }> = {
  event_type_id: { as: 'event', of: 'event_types', name: 'key' },
  segment_id: { as: 'list', of: 'segments', name: 'name' },
  category_id: { as: 'category', of: 'categories', name: 'key' },
  workflow_id: { as: 'workflow', of: 'workflows', name: 'name' },
  message_id: { as: 'message', of: 'messages', name: 'name' },
};

interface Person {
  workspaceId: number;
  contactId: number;
  now: Date;
}

/**
 * Everything that is known about a person, as one JSON text in pieces: the card, how it is found,
 * merges, who must not write where, what could not be applied, and every table with rows of it.
 */
export async function* exportPerson(db: Db, person: Person): AsyncGenerator<string> {
  const { contactId, now } = person;
  yield `{"exported_at":${JSON.stringify(now)},"contact":${JSON.stringify(await cardOf(db, contactId))}`;
  yield `,"identifiers":${await identifiersOf(db, contactId)},"merges":${await mergesOf(db, contactId)}`;
  const known = await readKnownBy(db, { contactIds: [contactId] });
  yield `,"suppressions":${JSON.stringify(await suppressionsOf(db, person, known))}`;
  yield `,"dead_events":${JSON.stringify(await deadEventsOf(db, person, known))}`;
  for (const table of contactTables) {
    yield `,\n${JSON.stringify(table.table)}:[`;
    const key = await keyColumns(db, table);
    let separator = '';
    for await (const rows of readAllRows(db, table, { contactId, key })) {
      const names = await namesIn(db, rows);
      for (const row of rows) {
        yield `${separator}\n${JSON.stringify(shown(row, names))}`;
        separator = ',';
      }
    }
    yield ']';
  }
  yield '}\n';
}

/** Epoch milliseconds, the source, and 1 for a value that came along with something else. */
type SetAt = [at: number, source: string, weak?: number];

type Names = Map<string, Map<number, string>>;

/** Names that these rows refer to, by column. */
async function namesIn(db: Db, rows: Row[]): Promise<Names> {
  const names: Names = new Map();
  for (const [column, { of, name }] of Object.entries(NAMED)) {
    const ids = [...new Set(rows.map((row) => row[column]).filter((id) => typeof id === 'number'))];
    if (ids.length === 0) continue;
    const { rows: found } = await db.query<{ id: number; name: string }>(
      `select id, ${name} as name from ${of} where id = any($1)`,
      [ids],
    );
    names.set(column, new Map(found.map(({ id, name: called }) => [id, called])));
  }
  return names;
}

function shown(row: Row, names: Names): Row {
  const members = Object.entries(row).flatMap(([column, value]): [string, Json][] => {
    if (OURS.includes(column) || value === null) return [];
    const named = NAMED[column];
    const name = named && names.get(column)?.get(Number(value));
    if (WRITTEN.includes(column) && typeof value === 'string') return [[column, textOf(value)]];
    return name === undefined ? [[column, value]] : [[named!.as, name]];
  });
  return Object.fromEntries(members);
}

function textOf(bytes: string): string {
  return Buffer.from(bytes.slice('\\x'.length), 'hex').toString('utf8');
}

/** `set_at` says in words what the card keeps short: when, by what, and that it came along only. */
async function cardOf(db: Db, contactId: number): Promise<Row | null> {
  const { rows } = await db.query<{ row: Row & { set_at: Record<string, SetAt> } }>(
    `select to_jsonb(c) - 'workspace_id' - 'name_key' - 'surname_key' as row
       from contacts c where id = $1`,
    [contactId],
  );
  const row = rows[0]?.row;
  if (!row) return null;
  const setAt = Object.entries(row.set_at).map(([field, [at, source, weak]]) => [
    field,
    { at: new Date(at).toISOString(), source, ...(weak && { came_along: true }) },
  ]);
  return { ...row, set_at: Object.fromEntries(setAt) };
}

/** What holds against the addresses that the person has, or had. */
async function suppressionsOf(
  db: Db,
  { workspaceId, now }: Person,
  known: readonly string[],
): Promise<object[]> {
  const addresses = known.flatMap((address) =>
    channelKeys.map((channel) => ({ workspaceId, channel, address })),
  );
  const found = await findSuppressions(db, { addresses, now });
  return found.map(({ channel, address, reason, since, until, details, source }) => ({
    channel,
    address,
    reason,
    since,
    until,
    details,
    source,
  }));
}

async function deadEventsOf(
  db: Db,
  { workspaceId, contactId }: Person,
  known: readonly string[],
): Promise<object[]> {
  const person = { workspaceId, contactIds: [contactId], names: namesOf(known) };
  const found = await findDeadEvents(db, person);
  return found.map(({ item, reason, detail, failed_at }) => ({ item, reason, detail, failed_at }));
}

async function identifiersOf(db: Db, contactId: number): Promise<string> {
  const { rows } = await db.query<{ list: string }>(
    `select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'value', value, 'set_at', set_at, 'source', source)
                               order by kind, set_at), '[]')::text as list
       from identifiers where contact_id = $1`,
    [contactId],
  );
  return rows[0]!.list;
}

async function mergesOf(db: Db, contactId: number): Promise<string> {
  const { rows } = await db.query<{ list: string }>(
    `select coalesce(jsonb_agg(jsonb_build_object('merged', drop_id, 'state', state, 'reason', reason,
                               'decided_at', decided_at, 'journal', journal) order by decided_at), '[]')::text as list
       from merges where keep_id = $1`,
    [contactId],
  );
  return rows[0]!.list;
}
