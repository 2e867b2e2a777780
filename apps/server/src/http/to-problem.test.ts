import { expect, test } from 'vitest';
import { cloneDatabase } from '../db/test-database.ts';
import { InboxFull } from '../inbox/index.ts';
import { notFound } from './problem.ts';
import { toProblem } from './to-problem.ts';

test('a full inbox says when to come back', () => {
  const problem = toProblem(new InboxFull('20 items wait', 5));
  expect(problem).toMatchObject({ status: 429, code: 'too_many_requests' });
  expect(problem.headers).toEqual({ 'retry-after': '5' });
});

test('a problem stays what it is', () => {
  const problem = notFound('tag');
  expect(toProblem(problem)).toBe(problem);
});

test('what nobody foresaw is ours, and tells nothing', () => {
  const problem = toProblem(new Error('password of ada@example.com'));
  expect(problem.status).toBe(500);
  expect(JSON.stringify(problem.body())).not.toContain('ada');
});

test('what the database refuses has its own answer', async () => {
  const database = await cloneDatabase();
  const problemOf = (sql: string): Promise<number> =>
    database.pool.query(sql).then(
      () => 200,
      (error: unknown) => toProblem(error).status,
    );
  await database.pool.query(
    'create table numbers (n int primary key); insert into numbers values (1)',
  );
  expect(await problemOf('insert into numbers values (1)')).toBe(409);
  expect(await problemOf(`set statement_timeout = 1; select pg_sleep(5)`)).toBe(503);
  expect(await problemOf('select nothing')).toBe(500);
  await database.drop();
});

test('a database that is away is a pause, not an error of ours', () => {
  const error = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  expect(toProblem(error)).toMatchObject({ status: 503, code: 'unavailable' });
});
