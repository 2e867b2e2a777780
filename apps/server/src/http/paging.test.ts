import { expect, test } from 'vitest';
import { z } from 'zod';
import { pageFrom, pageQuery } from './paging.ts';

const query = z.object(pageQuery(z.tuple([z.string(), z.int()])));

function rows(count: number): { name: string; id: number }[] {
  return Array.from({ length: count }, (_, index) => ({ name: `n${index}`, id: index + 1 }));
}

const position = (row: { name: string; id: number }): unknown[] => [row.name, row.id];

test('a cursor brings back the position of the last item', () => {
  const page = pageFrom(rows(3), { limit: 2, position });
  expect(page.items).toHaveLength(2);
  const { cursor, limit } = query.parse({ cursor: page.next_cursor, limit: '10' });
  expect(cursor).toEqual(['n1', 2]);
  expect(limit).toBe(10);
});

test('the last page has no cursor', () => {
  expect(pageFrom(rows(2), { limit: 2, position }).next_cursor).toBeNull();
  expect(pageFrom(rows(0), { limit: 2, position })).toEqual({ items: [], next_cursor: null });
});

test.each(['', 'x', 'W10', 'bnVsbA', Buffer.from('["a","b"]').toString('base64url')])(
  'a cursor of something else is refused: %j',
  (cursor) => {
    const result = query.safeParse({ cursor });
    expect(result.error?.issues[0]?.path).toEqual(['cursor']);
  },
);

test('a cursor brings no text that a database refuses', () => {
  const cursor = Buffer.from('["a\\u0000\\ud800", 1]').toString('base64url');
  expect(query.parse({ cursor }).cursor).toEqual(['a\ufffd\ufffd', 1]);
});

test.each(['0', '501', '-1', 'ten', '1.5'])('the limit %s is refused', (limit) => {
  expect(query.safeParse({ limit }).success).toBe(false);
});

test('a page holds 50 items unless asked', () => {
  expect(query.parse({}).limit).toBe(50);
  expect(query.parse({ limit: '500' }).limit).toBe(500);
});
