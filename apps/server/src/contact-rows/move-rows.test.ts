import { beforeEach, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { takeLater, type ContactTable } from './contact-table.ts';
import { moveRows, type Settled } from './move-rows.ts';
import { returnRows, type Conflicts } from './return-rows.ts';

const { pool } = await testDatabase();
await pool.query(`
  create table plants (
    contact_id bigint not null, name text not null, workspace_id bigint not null, source_contact_id bigint,
    colour text, at timestamptz(3) not null, photo bytea,
    primary key (contact_id, name));
  create table leaves (
    contact_id bigint not null, id bigint generated always as identity, workspace_id bigint not null,
    source_contact_id bigint, slot integer not null, note text,
    primary key (contact_id, id));`);

const tables: ContactTable[] = [
  { table: 'plants', conflict: { key: ['name'], settle: takeLater('at') } },
  { table: 'leaves', slotted: true },
];

beforeEach(() => pool.query('truncate plants, leaves'));

async function plant(contact: number, name: string, colour: string, day: number): Promise<void> {
  await pool.query(`insert into plants values ($1, $2, 1, null, $3, $4, '\\x00ff')`, [
    contact,
    name,
    colour,
    new Date(Date.UTC(2026, 0, day)),
  ]);
}

const move = (...pairs: [keep: number, drop: number][]): Promise<Record<string, Settled[]>[]> =>
  inTransaction(pool, (tx) =>
    moveRows(tx, tables, {
      pairs: pairs.map(([keepId, dropId]) => ({ keepId, dropId })),
      slots: 8,
    }),
  );

async function plants(): Promise<unknown[]> {
  const { rows } = await pool.query<{ row: unknown[] }>(
    `select json_build_array(contact_id, source_contact_id, name, colour) as row from plants order by contact_id, name`,
  );
  return rows.map(({ row }) => row);
}

test('rows become the survivor’s and keep whose they were, over chains too', async () => {
  await plant(30, 'fern', 'green', 1);
  await plant(20, 'rose', 'red', 1);
  await move([20, 30]);
  await move([10, 20]);
  expect(await plants()).toEqual([
    [10, 30, 'fern', 'green'],
    [10, 20, 'rose', 'red'],
  ]);
});

test('of two rows with one key the later stands, and both are told', async () => {
  await plant(1, 'fern', 'green', 1);
  await plant(2, 'fern', 'brown', 2);
  await plant(1, 'rose', 'red', 2);
  await plant(2, 'rose', 'white', 1);
  const [conflicts] = await move([1, 2]);
  expect(await plants()).toEqual([
    [1, null, 'fern', 'brown'],
    [1, null, 'rose', 'red'],
  ]);
  const colours = conflicts!['plants']!.map(({ kept, dropped, settled }) =>
    [kept!, dropped, settled].map(({ colour }) => colour as string).join(),
  );
  expect(new Set(colours)).toEqual(new Set(['green,brown,brown', 'red,white,red']));
  const { rows } = await pool.query(`select photo from plants where name = 'fern'`);
  expect(rows).toEqual([{ photo: Buffer.from([0, 255]) }]);
});

test('pairs do not mix, and rows go to the slot of their new contact with the number they had', async () => {
  await pool.query(
    `insert into leaves (contact_id, workspace_id, slot, note) values (2, 1, 2, 'a'), (4, 1, 4, 'b')`,
  );
  const before = await pool.query(`select note, id from leaves order by note`);
  await plant(1, 'fern', 'green', 1);
  await plant(4, 'fern', 'brown', 2);
  expect(await move([1, 2], [3, 4])).toEqual([{}, {}]);
  const after = await pool.query(
    `select contact_id, source_contact_id, slot, note, id from leaves order by note`,
  );
  expect(after.rows).toEqual([
    { contact_id: 1, source_contact_id: 2, slot: 1, ...before.rows[0] },
    { contact_id: 3, source_contact_id: 4, slot: 3, ...before.rows[1] },
  ]);
});

const giveBack = (
  [keepId, dropId]: [number, number],
  {
    conflicts = {},
    later = [],
    sources = [dropId],
  }: { conflicts?: Conflicts; later?: Conflicts[]; sources?: number[] } = {},
): Promise<void> =>
  inTransaction(pool, (tx) =>
    returnRows(tx, tables, { keepId, dropId, sources, conflicts, later, slots: 8 }),
  );

test('a merge undone leaves no trace: of two rows with one key each contact has its own', async () => {
  await plant(1, 'fern', 'green', 1);
  await plant(2, 'fern', 'brown', 2);
  await plant(2, 'rose', 'red', 1);
  const before = await plants();
  const [conflicts] = await move([1, 2]);
  await giveBack([1, 2], { conflicts: conflicts! });
  expect(await plants()).toEqual(before);
});

test('what was written to the survivor since stays with it', async () => {
  await plant(1, 'fern', 'green', 1);
  await plant(2, 'fern', 'brown', 2);
  const [conflicts] = await move([1, 2]);
  await pool.query(`update plants set colour = 'blue'`);
  await giveBack([1, 2], { conflicts: conflicts! });
  expect(await plants()).toEqual([
    [1, null, 'fern', 'blue'],
    [2, null, 'fern', 'brown'],
  ]);
});

test('merges undone in the order in which they were made choose again, to the last', async () => {
  await plant(1, 'fern', 'green', 1);
  await plant(2, 'fern', 'brown', 3);
  await plant(2, 'rose', 'red', 1);
  await plant(3, 'fern', 'grey', 2);
  await plant(3, 'rose', 'pink', 2);
  const before = await plants();
  const [first] = await move([1, 2]);
  const [second] = await move([1, 3]);
  expect((await plants()).length).toBe(2);
  await giveBack([1, 2], { conflicts: first!, later: [second!] });
  expect(await plants()).toEqual([
    [1, null, 'fern', 'grey'],
    [1, 3, 'rose', 'pink'],
    [2, null, 'fern', 'brown'],
    [2, null, 'rose', 'red'],
  ]);
  await giveBack([1, 3], { conflicts: second! });
  expect(await plants()).toEqual(before);
});

test('a contact that was itself made of two goes back whole', async () => {
  await plant(3, 'fern', 'green', 1);
  await move([2, 3]);
  await move([1, 2]);
  await giveBack([1, 2], { sources: [2, 3] });
  expect(await plants()).toEqual([[2, 3, 'fern', 'green']]);
  await giveBack([2, 3]);
  expect(await plants()).toEqual([[3, null, 'fern', 'green']]);
});
