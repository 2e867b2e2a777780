import { afterAll, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { createResults, writeResults } from './results.ts';

const { pool } = await testDatabase();
const results = createResults({ pool });
afterAll(() => results.close());

const outcome = { ok: true, contactId: 7, minted: false } as const;

test('everybody who waits for a ticket is told', async () => {
  const waiting = [1, 2, 3].map(() => results.wait('shared'));
  await inTransaction(pool, (tx) =>
    writeResults(tx, { outcomes: [{ ticket: 'shared', outcome }], now: new Date(0) }),
  );
  results.wake();
  expect(await Promise.all(waiting)).toEqual([outcome, outcome, outcome]);
});

test('one who gives up does not keep the others from the outcome', async () => {
  const patient = results.wait('slow');
  expect(await results.wait('slow', { timeoutMs: 0 })).toBeUndefined();
  await inTransaction(pool, (tx) =>
    writeResults(tx, { outcomes: [{ ticket: 'slow', outcome }], now: new Date(0) }),
  );
  results.wake();
  expect(await patient).toEqual(outcome);
});
