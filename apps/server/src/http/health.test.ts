import { expect, test } from 'vitest';
import { cloneDatabase } from '../db/test-database.ts';
import { databaseReadiness } from './health.ts';
import { testApp } from './test-app.ts';

test('a database without the schema is not ready, and says so', async () => {
  const database = await cloneDatabase({ empty: true });
  const { app } = await testApp({ routes: [], readiness: databaseReadiness(database.pool) });
  const answer = await app.inject('/readyz');
  expect(answer.statusCode).toBe(503);
  expect(answer.json().reason).toMatch(/The schema is at version 0 of \d+/);
  await database.drop();
});

test('a database that cannot be reached is not ready; the program is alive', async () => {
  const readiness = async (): Promise<never> => {
    throw new Error('connect ECONNREFUSED');
  };
  const { app } = await testApp({ routes: [], readiness });
  const answer = await app.inject('/readyz');
  expect(answer.statusCode).toBe(503);
  expect(answer.headers['retry-after']).toBe('2');
  expect(answer.json().reason).toBe('The database cannot be reached.');
  expect((await app.inject('/healthz')).statusCode).toBe(200);
});
