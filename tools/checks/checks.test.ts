import { describe, expect, test } from 'vitest';
import { findBadSql } from './find-bad-sql.ts';
import { findTableWrites, tablesOf } from './find-table-writes.ts';

const path = 'apps/server/src/sends/queries.ts';

describe('findTableWrites', () => {
  const tables = new Set(['contacts', 'sends']);
  const written = (text: string) =>
    findTableWrites({ path, text }, tables).map(({ table, line }) => `${table} ${line}`);

  test.each([
    ['`insert into contacts (id)`', ['contacts 1']],
    ['`\n  UPDATE contacts c\n  set x = 1`', ['contacts 2']],
    ['`delete from only "contacts"`', ['contacts 1']],
    ['`copy contacts (id, name) from stdin`', ['contacts 1']],
    ['`truncate contacts`', ['contacts 1']],
    [`build.insertInto('sends')`, ['sends 1']],
    [`await copyRows(tx, 'sends', [])`, ['sends 1']],
    [
      '`with gone as (delete from sends returning id) insert into contacts`',
      ['contacts 1', 'sends 1'],
    ],
  ])('%s', (text, expected) => {
    expect(written(text)).toEqual(expected);
  });

  test.each([
    '`select * from contacts`',
    '`copy contacts to stdout`',
    '`insert into other_contacts`',
    '`... on conflict do update set sends = 1`',
  ])('reading is not writing: %s', (text) => {
    expect(written(text)).toEqual([]);
  });

  test('names the room and finds the tables of a schema', () => {
    expect(findTableWrites({ path, text: 'update sends' }, tables)[0]?.room).toBe('sends');
    expect(tablesOf('create table a (\n);\n\ncreate table b_2 (\n);')).toEqual(['a', 'b_2']);
  });
});

describe('findBadSql', () => {
  test.each([
    'update t set x = ($2::timestamptz[])[1] where id = $1',
    'update t set a = 1, x = ($2::jsonb)[0]',
    `update t set x = fields['a'] where id = 1`,
    'merge into t using unnest($1) u on true when matched then delete',
    'select a, count(*) from t group by rollup (a)',
    'select * from unnest($1::int[]) u(id) cross join lateral (select 1 limit 2) x',
    'update t set at = now()',
    `select occurred_at at time zone 'Europe/Kyiv' from events`,
  ])('finds: %s', (sql) => {
    expect(findBadSql({ path, text: `\n\`${sql}\`` })).toHaveLength(1);
    expect(findBadSql({ path: 'apps/server/migrations/0001_x.sql', text: sql })).toHaveLength(1);
    expect(findBadSql({ path, text: `\n\`${sql}\`` })[0]).toMatch(/queries\.ts:2 /);
  });

  test.each([
    'update t set x = coalesce(($2::t[])[1], null) where id = $1',
    `update t set x = $2::jsonb -> (id::text)`,
    'select (array_agg(id))[1] from t where a = b[1]',
    'select x from t order by now_at',
    'select slot from slots for update skip locked',
    'create table t (at timestamp(3) with time zone)',
    'select 1 -- now() is not used here',
    'select * from unnest($1) s cross join lateral (select * from slot_queue limit 2) x',
  ])('lets pass: %s', (sql) => {
    expect(findBadSql({ path, text: `\`${sql}\`` })).toEqual([]);
  });

  test('leaves prose alone', () => {
    const text = `// Don't call now() here\nconst hint = 'now() is the clock';`;
    expect(findBadSql({ path, text })).toEqual([]);
  });
});
