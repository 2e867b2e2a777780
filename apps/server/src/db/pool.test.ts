import { describe, expect, test } from 'vitest';
import { copyIn, copyOut } from './copy.ts';
import { testDatabase } from './test-database.ts';

const { pool } = await testDatabase();

async function one(expression: string, values: unknown[] = []): Promise<unknown> {
  const { rows } = await pool.query<{ it: unknown }>(`select ${expression} as it`, values);
  return rows[0]?.it;
}

describe('values from the database', () => {
  test.each([
    ['9007199254740991::int8', 9007199254740991],
    [`'{1,null,-3}'::int8[]`, [1, null, -3]],
    [`'{}'::int8[]`, []],
    ['12345678901234567890.5::numeric', '12345678901234567890.5'],
    [`'2026-03-29'::date`, '2026-03-29'],
    [`'2026-03-29T01:30:00.123+02'::timestamptz`, new Date('2026-03-28T23:30:00.123Z')],
    [`'{"a":[1]}'::jsonb`, { a: [1] }],
  ])('%s', async (expression, expected) => {
    expect(await one(expression)).toEqual(expected);
  });

  test('an int8 that a number cannot hold is an error, not another number', async () => {
    await expect(one('9007199254740993::int8')).rejects.toThrow('outside of 2^53');
  });

  test('an instant comes back as it went, far from today as well', async () => {
    for (const text of ['0001-01-01T00:00:00.000Z', '1883-11-18T12:00:00.001Z']) {
      expect(await one('$1::timestamptz', [new Date(text)])).toEqual(new Date(text));
    }
  });
});

test('copies rows in and out', async () => {
  const connection = await pool.connect();
  await connection.query('create temporary table words (word text)');
  expect(await copyIn(connection, 'copy words from stdin', ['one\n', 'two\n'])).toBe(2);
  let text = '';
  for await (const chunk of copyOut(connection, 'copy words to stdout')) text += String(chunk);
  connection.release();
  expect(text).toBe('one\ntwo\n');
});
