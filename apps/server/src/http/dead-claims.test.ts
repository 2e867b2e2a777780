import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { answerOnce, type Answer, type KeyedCall, type Repetition } from './idempotency.ts';
import { waitForItem } from './wait-for-item.ts';

const { pool } = await testDatabase();

const START = Date.UTC(2026, 5, 1, 12);
const SECOND = 1000;
const hash = createHash('sha256').update('the same call').digest();

async function enterProcess(beatAt: number): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into processes (role, started_at, beat_at) values ('api', $1, $1) returning id`,
    [new Date(beatAt)],
  );
  return rows[0]!.id;
}

const beat = (id: number, at: number) =>
  pool.query(`update processes set beat_at = $2 where id = $1`, [id, new Date(at)]);

function keyed(key: string, { processId, at }: { processId: number; at: number }): KeyedCall {
  return { workspaceId: 1, key, hash, now: new Date(at), processId, secret: false };
}

/** A call that stands still between its claim and its item, as a killed program leaves it. */
async function standing(key: string, processId: number) {
  const reached = Promise.withResolvers<Repetition>();
  const gate = Promise.withResolvers<void>();
  const answer = answerOnce(pool, keyed(key, { processId, at: START }), async (repetition) => {
    reached.resolve(repetition);
    await gate.promise;
    return appendItem(repetition);
  });
  // What becomes of it is asked later, or never.
  answer.catch(() => {});
  await reached.promise;
  return { answer, goOn: () => gate.resolve() };
}

const appended: string[] = [];

async function appendItem(repetition: Repetition): Promise<Answer> {
  const body = await waitForItem({
    repetition,
    append: (ticket, keep) =>
      inTransaction(pool, async (tx) => {
        await keep(tx);
        appended.push(ticket);
      }),
    wait: async (ticket) => ticket,
  });
  return { status: 200, body };
}

const repeat = (key: string, of: { processId: number; at: number }) =>
  answerOnce(pool, keyed(key, of), appendItem);

test('what a program that died left between claim and item is taken over by a repeat', async () => {
  const [dead, alive] = [await enterProcess(START), await enterProcess(START)];
  await standing('killed', dead);
  const early = { processId: alive, at: START + 9 * SECOND };
  await expect(repeat('killed', early)).rejects.toMatchObject({ code: 'request_in_flight' });
  const answer = await repeat('killed', { processId: alive, at: START + 11 * SECOND });
  expect(answer).toMatchObject({ status: 200, replayed: false });
});

test('and so is what one left that took its row away', async () => {
  const [dead, alive] = [await enterProcess(START), await enterProcess(START)];
  await standing('left', dead);
  await pool.query(`delete from processes where id = $1`, [dead]);
  const answer = await repeat('left', { processId: alive, at: START + SECOND });
  expect(answer).toMatchObject({ status: 200, replayed: false });
});

test('one that beats keeps its call, and one that does not beat keeps its own', async () => {
  const [slow, other] = [await enterProcess(START), await enterProcess(START)];
  await standing('slow', slow);
  const late = START + 60 * SECOND;
  await expect(repeat('slow', { processId: slow, at: late })).rejects.toMatchObject({
    code: 'request_in_flight',
  });
  await beat(slow, late - SECOND);
  await expect(repeat('slow', { processId: other, at: late })).rejects.toMatchObject({
    code: 'request_in_flight',
  });
});

test('a program that was only slow appends nothing once another took over', async () => {
  const [slow, alive] = [await enterProcess(START), await enterProcess(START)];
  const before = appended.length;
  const call = await standing('awake', slow);
  const at = START + 11 * SECOND;
  const taken = await repeat('awake', { processId: alive, at });
  call.goOn();
  await expect(call.answer).rejects.toMatchObject({ code: 'unavailable' });
  expect(appended.slice(before)).toEqual([taken.body]);
  // The answer of who took over stands.
  expect(await repeat('awake', { processId: slow, at })).toMatchObject({
    body: taken.body,
    replayed: true,
  });
});
