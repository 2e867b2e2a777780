import { quoteName, type Tx } from '../db/index.ts';
import type { Json } from '../inbox/index.ts';
import { slotOf } from '../slots/index.ts';
import type { ContactTable, Row } from './contact-table.ts';
import { inPlaceOf, type MergePair, type Settled } from './move-rows.ts';
import {
  deleteRows,
  insertRows,
  keyOf,
  listOf,
  OVERRIDING,
  readRows,
  withColumns,
  type KnownTable,
} from './row-statements.ts';
import { takeOut, type Choice } from './take-out.ts';

/** By table: what was in conflict when contacts were merged. */
export type Conflicts = Record<string, Settled[]>;

export interface ReturnOptions extends MergePair {
  /** The contacts whose rows go back: the dropped one, and those merged into it before. */
  sources: readonly number[];
  conflicts: Conflicts;
  /** Of merges into the survivor since, in order; they choose again without this one. */
  later: Conflicts[];
  slots: number;
}

/**
 * Gives back what a merge moved. A row goes where it came from; of two rows with one key each
 * contact gets its own, unless the survivor's was written since: then that one stays. Runs under
 * both contacts' slots.
 */
export async function returnRows(
  tx: Tx,
  tables: readonly ContactTable[],
  options: ReturnOptions,
): Promise<void> {
  const known = await withColumns(tx, tables);
  for (const table of known) await follow(tx, table, options);
  for (const table of known) {
    if (table.conflict) await part(tx, table, options);
    else await giveBack(tx, table, options);
  }
}

/** Rows written since for a row that goes back, go back with it. Parents come first. */
async function follow(
  tx: Tx,
  { table, follows }: KnownTable,
  { keepId, sources }: ReturnOptions,
): Promise<void> {
  if (!follows) return;
  const names =
    'by' in follows
      ? `parent.id = t.${quoteName(follows.by)}`
      : `parent.id::text = t.params ->> '${follows.byParam}'`;
  await tx.query(
    `update ${quoteName(table)} t set source_contact_id = parent.source_contact_id
       from ${quoteName(follows.table)} parent
      where t.contact_id = $1 and t.source_contact_id is null
        and parent.contact_id = t.contact_id and ${names}
        and parent.source_contact_id = any($2)`,
    [keepId, sources],
  );
}

async function giveBack(
  tx: Tx,
  table: KnownTable,
  { keepId, dropId, sources, slots }: ReturnOptions,
): Promise<void> {
  const name = quoteName(table.table);
  const columns = listOf(table.columns);
  const [slot, itsSlot] = table.slotted ? ['slot, ', '$4::integer, '] : ['', ''];
  await tx.query(
    `with gone as (delete from ${name} where contact_id = $1 and source_contact_id = any($2) returning *)
     insert into ${name} (contact_id, source_contact_id, ${slot}${columns}) ${OVERRIDING(table)}
     select $3::bigint, nullif(source_contact_id, $3::bigint), ${itsSlot}${columns} from gone`,
    [keepId, sources, dropId, ...(table.slotted ? [slotOf(dropId, slots)] : [])],
  );
}

interface Changes {
  gone: Row[];
  written: Row[];
}

async function part(tx: Tx, table: KnownTable, options: ReturnOptions): Promise<void> {
  const rows = await readRows(tx, table, { contactIds: [options.keepId] });
  const current = new Map(rows.map((row) => [keyOf(table, row), row]));
  const changes: Changes = { gone: [], written: [] };
  for (const key of keysToPart(table, rows, options)) {
    partKey(table, { key, current: current.get(key), options, changes });
  }
  await deleteRows(tx, table, changes.gone);
  await insertRows(tx, table, changes.written);
}

function keysToPart(
  table: KnownTable,
  rows: Row[],
  { conflicts, later, sources }: ReturnOptions,
): Set<string> {
  return new Set([
    ...(conflicts[table.table] ?? []).map(({ dropped }) => keyOf(table, dropped)),
    ...rows.filter((row) => cameFrom(row, sources)).map((row) => keyOf(table, row)),
    ...later
      .flatMap((own) => own[table.table] ?? [])
      .filter(({ kept }) => kept && cameFrom(kept, sources))
      .map(({ dropped }) => keyOf(table, dropped)),
  ]);
}

function partKey(
  table: KnownTable,
  {
    key,
    current,
    options: { keepId, dropId, sources, conflicts, later, slots },
    changes,
  }: { key: string; current: Row | undefined; options: ReturnOptions; changes: Changes },
): void {
  const own = (some: Conflicts): Settled | undefined =>
    some[table.table]?.find(({ dropped }) => keyOf(table, dropped) === key);
  const chain = later.flatMap((some) => own(some) ?? []);
  const undone = own(conflicts) ?? movedWithoutConflict(current, chain, sources);
  if (!undone) return;
  const { from, to } = takeOut<Row>(undone, chain, {
    settle: (kept, dropped) => table.conflict!.settle({ kept, dropped }),
    same: isSameRow,
  });
  changes.written.push(writtenFor(undone.dropped, { contactId: dropId, table, slots }));
  if (!current) return;
  const stands = isSameRow(current, from);
  if (stands && to && isSameRow(current, to) && !cameFrom(current, sources)) return;
  changes.gone.push(current);
  if (!stands) changes.written.push({ ...current, source_contact_id: null });
  else if (to) {
    const place = undone.kept ? inPlaceOf(undone.kept, to) : to;
    changes.written.push(writtenFor(place, { contactId: keepId, table, slots }));
  }
}

/** The survivor had no such row: what it has came from the dropped one, as it was when it moved on. */
function movedWithoutConflict(
  current: Row | undefined,
  chain: Settled[],
  sources: readonly number[],
): Choice<Row> | undefined {
  const first = chain.find(({ kept }) => kept && cameFrom(kept, sources))?.kept;
  const row = first ?? (current && cameFrom(current, sources) ? current : undefined);
  return row && { kept: null, dropped: row, settled: row };
}

function writtenFor(
  row: Row,
  { contactId, table, slots }: { contactId: number; table: KnownTable; slots: number },
): Row {
  const source = (row['source_contact_id'] ?? row['contact_id']) as number;
  return {
    ...row,
    contact_id: contactId,
    source_contact_id: source === contactId ? null : source,
    ...(table.slotted && { slot: slotOf(contactId, slots) }),
  };
}

function cameFrom(row: Row, sources: readonly number[]): boolean {
  return sources.includes((row['source_contact_id'] ?? 0) as number);
}

/** The same but for whose it is. */
export function isSameRow(a: Row, b: Row): boolean {
  return fingerprint(a) === fingerprint(b);
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)$/;

/** A database may have been moved to a server that writes instants in another zone. */
function fingerprint(row: Row): string {
  const parts = Object.keys(row)
    .filter((column) => !['contact_id', 'source_contact_id', 'slot'].includes(column))
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((column) => [column, comparable(row[column] ?? null)]);
  return JSON.stringify(parts);
}

function comparable(value: Json): Json {
  return typeof value === 'string' && INSTANT.test(value) ? Date.parse(value) : value;
}
