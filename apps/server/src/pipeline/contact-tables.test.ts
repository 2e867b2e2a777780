import { expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import { contactTables, notContactScoped } from './contact-tables.ts';

const { pool } = await testDatabase();

interface Found {
  table: string;
  columns: string[];
  key: string[];
}

async function tablesOfSchema(): Promise<Found[]> {
  const { rows } = await pool.query<Found>(
    `select c.relname as table,
            array(select a.attname::text from pg_attribute a
                   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
            array(select a.attname::text
                    from pg_index i
                   cross join unnest(i.indkey) with ordinality as part (attnum, at)
                    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = part.attnum
                   where i.indrelid = c.oid and i.indisprimary order by part.at) as key
       from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
  );
  return rows;
}

const schema = new Map((await tablesOfSchema()).map((found) => [found.table, found]));

test('every table with a contact is registered, or said not to be contact-scoped', () => {
  const holding = [...schema.values()].filter(({ columns }) => columns.includes('contact_id'));
  const known = [...contactTables.map(({ table }) => table), ...Object.keys(notContactScoped)];
  expect(
    holding.map(({ table }) => table).toSorted(),
    "declare it in its room's contact-tables.ts, or give the reason in pipeline/contact-tables.ts",
  ).toEqual(known.toSorted());
});

test.each(contactTables.map((table) => [table.table, table] as const))(
  '%s has what its declaration promises',
  (name, { conflict, slotted, follows }) => {
    const { columns, key } = schema.get(name)!;
    expect(key[0]).toBe('contact_id');
    expect(columns).toEqual(expect.arrayContaining(['workspace_id', 'source_contact_id']));
    expect(columns.includes('slot')).toBe(slotted === true);
    if (conflict) expect(key.slice(1).toSorted()).toEqual(conflict.key.toSorted());
    // Without a number of their own, two contacts may have rows of the same key.
    const by = follows && ('by' in follows ? follows.by : 'params');
    if (!conflict) expect(['id', by].some((column) => key.includes(column!))).toBe(true);
    if (follows) {
      expect(columns).toContain(by);
      const order = contactTables.map(({ table }) => table);
      expect(order.indexOf(follows.table)).toBeGreaterThanOrEqual(0);
      expect(order.indexOf(follows.table)).toBeLessThan(order.indexOf(name));
    }
  },
);
