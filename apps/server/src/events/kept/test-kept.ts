import { compileCondensed, condense, decimalText, type CondensedPart } from '@perennial/conditions';
import { expect } from 'vitest';
import { inTransaction, type Db, type Pool, type Tx } from '../../db/index.ts';
import { doSlice } from '../../jobs/do-work.ts';
import { workKinds } from '../../jobs/index.ts';
import { keptBuild, keptDrop } from './build-work.ts';
import { keepType } from './kept-types.ts';
import { readSums, type SumsWanted } from './kept-sums.ts';
import { readPartEvents } from './part-events.ts';
import { KEPT_BUILD, KEPT_DROP } from './kinds.ts';

interface OfTest {
  workspaceId: number;
  now: Date;
}

/** Begins to keep these types; nothing is built before slices are done. */
export async function beginKeeping(
  pool: Pool,
  { workspaceId, keys, now }: OfTest & { keys: readonly string[] },
): Promise<void> {
  const { rows } = await pool.query<{ id: number }>(
    `select id from event_types where workspace_id = $1 and key = any($2) order by id`,
    [workspaceId, keys],
  );
  for (const { id: typeId } of rows) {
    await inTransaction(pool, (tx) => keepType(tx, { workspaceId, typeId, now }));
  }
}

/** Does one slice of each job of the workspace that builds or drops what is kept; answers how many. */
export async function sliceOfEach(pool: Pool, { workspaceId, now }: OfTest): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `select id from jobs
      where workspace_id = $1 and kind = any($2) and state in ('queued', 'running')
      order by id`,
    [workspaceId, [KEPT_BUILD, KEPT_DROP]],
  );
  const kinds = workKinds([keptBuild, keptDrop]);
  const parts = { pool, kinds, clock: () => now, stopping: new AbortController().signal };
  for (const { id } of rows) await doSlice(parts, { id });
  return rows.length;
}

/** All of it. */
export async function finishKeeping(pool: Pool, of: OfTest): Promise<void> {
  while ((await sliceOfEach(pool, of)) > 0);
}

/** What is kept of these types is what their events say, and of others nothing is kept. */
export async function expectKeptAsStored(
  db: Db,
  { workspaceId, keys }: { workspaceId: number; keys: readonly string[] },
): Promise<void> {
  const types = `(select id from event_types where workspace_id = $1 and key = any($2))`;
  const { rows: kept } = await db.query(
    `select contact_id, event_type_id, first_at, last_at, n
       from kept_times
      where event_type_id in ${types} and n > 0
      order by 1, 2`,
    [workspaceId, keys],
  );
  const { rows: stored } = await db.query(
    `select contact_id, event_type_id, min(occurred_at) as first_at, max(occurred_at) as last_at, count(*) as n
       from events
      where event_type_id in ${types} and contact_id <> 0
      group by 1, 2
      order by 1, 2`,
    [workspaceId, keys],
  );
  expect(kept).toEqual(stored);
}

/** The sums that are kept are what the events say; answers how many there are. */
export async function expectSumsAsStored(db: Db): Promise<number> {
  const { rows: wanted } = await db.query<SumsWanted>(
    `select contact_id as "contactId", event_type_id as "typeId", question,
            encode(question_hash, 'hex') as hash
       from kept_sums`,
  );
  // As of long ago, so that nothing is written.
  const sums = await readSums(db as Tx, { wanted, now: new Date(0) });
  for (const { contactId, typeId, question, partMs, parts } of sums) {
    const range = { contactId, typeId, from: 0, to: Date.UTC(2100, 0) };
    const [events] = await readPartEvents(db, { ranges: [range] });
    const numbersOf = compileCondensed(question);
    const told = new Map<number, CondensedPart>();
    for (const { occurredAt: at, ...event } of events!) {
      const numbers = numbersOf(event);
      const part = Math.floor(at / partMs);
      if (numbers) told.set(part, condense(told.get(part), { part, at, numbers }));
    }
    expect(parts.toSorted(inOrder).map(asText)).toEqual(
      [...told.values()].toSorted(inOrder).map(asText),
    );
  }
  return sums.length;
}

const inOrder = (a: CondensedPart, b: CondensedPart): number => a.part - b.part;

function asText({ sum, least, greatest, ...rest }: CondensedPart) {
  const text = (number: CondensedPart['sum']) =>
    number === undefined ? undefined : decimalText(number);
  return { ...rest, sum: text(sum), least: text(least), greatest: text(greatest) };
}
