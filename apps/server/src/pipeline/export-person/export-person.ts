import { keyColumns, readAllRows, type Row } from '../../contact-rows/index.ts';
import type { Db } from '../../db/index.ts';
import type { Json } from '../../inbox/index.ts';
import { contactTables } from '../contact-tables.ts';

/** Columns that say how we store a row, and nothing about the person. */
const OURS = ['workspace_id', 'slot', 'contact_id'];

/** Names of what is numbered inside, so that the file can be read without us. */
const NAMED: Record<string, { as: string; of: string; name: string }> = {
  event_type_id: { as: 'event', of: 'event_types', name: 'key' },
  segment_id: { as: 'list', of: 'segments', name: 'name' },
  category_id: { as: 'category', of: 'categories', name: 'key' },
  workflow_id: { as: 'workflow', of: 'workflows', name: 'name' },
  message_id: { as: 'message', of: 'messages', name: 'name' },
};

/**
 * Everything that is known about a person, as one JSON text in pieces: the card, how it is found,
 * merges, and every table with rows of it.
 */
export async function* exportPerson(
  db: Db,
  { contactId, now }: { contactId: number; now: Date },
): AsyncGenerator<string> {
  yield `{"exported_at":${JSON.stringify(now)},"contact":${await cardOf(db, contactId)}`;
  yield `,"identifiers":${await identifiersOf(db, contactId)},"merges":${await mergesOf(db, contactId)}`;
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
    return name === undefined ? [[column, value]] : [[named!.as, name]];
  });
  return Object.fromEntries(members);
}

async function cardOf(db: Db, contactId: number): Promise<string> {
  const { rows } = await db.query<{ row: string }>(
    `select (to_jsonb(c) - 'workspace_id' - 'name_key' - 'surname_key')::text as row
       from contacts c where id = $1`,
    [contactId],
  );
  return rows[0]?.row ?? 'null';
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
