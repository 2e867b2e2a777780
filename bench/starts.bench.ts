import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, BenchContext } from './bench.ts';
import { percentile } from './measure.ts';
import { fillContacts } from './population.ts';
import { post } from './post.ts';
import { startBenchProgram } from './program.ts';
import { addReceipts, callerOf, makeMessage } from './receipts.ts';

const CONTACTS = 300_000;
const PER_SECOND = 1000;
const EVERY_MS = 50;
const BATCH = 5;
const CALLS = (PER_SECOND * EVERY_MS) / 1000 / BATCH;
const LOOK_EVERY_MS = 10;
/** Threads begin to work only when there is work, and code that just started is not warm. */
const WARM_MS = 15_000;

/** Every event starts a workflow whose first block is a message. */
export const startsBench: Bench = {
  name: 'starts',
  title: `Starts: from the call to the first message in the outbox, at ${PER_SECOND} starts/s over HTTP`,
  async run(context) {
    const { database, scale, log } = context;
    await fillContacts(database, { contacts: CONTACTS, now: Date.now() });
    const program = await startBenchProgram(database, { role: 'all' });
    const call = await callerOf(database, program.url);
    await addReceipts(database, { message: await makeMessage(call, 'Receipt'), event: 'Paid' });
    const seconds = Math.max(10, Math.round(60 * scale));
    const waits = await sendAndFollow(context, { base: program.url, seconds });
    const { rows } = await database.pool.query<{ n: number }>(
      `select count(*)::int as n from deliveries`,
    );
    log(`  ${waits.length} followed; ${rows[0]!.n} deliveries when the last of them was seen`);
    await program.stop();
    return [50, 99].map((p) => ({
      what: `event to the first message in the outbox at ${PER_SECOND} starts/s, p${p}`,
      value: percentile(waits, p),
      unit: 'ms',
      ...(p === 99 && { budget: 500, atMost: true }),
      note: `${waits.length} followed, looking every ${LOOK_EVERY_MS} ms`,
    }));
  },
};

/** Each call is of people of their own; the first of every fifth call is followed. */
async function sendAndFollow(
  { database }: BenchContext,
  { base, seconds }: { base: string; seconds: number },
): Promise<number[]> {
  const waiting = new Map<number, number>();
  const waits: number[] = [];
  const answers: Promise<unknown>[] = [];
  let sent = 0;
  let isOver = false;
  const watching = watch(database, { waiting, waits, isOver: () => isOver });
  const warmAt = performance.now() + WARM_MS;
  const until = warmAt + seconds * 1000;
  while (performance.now() < until) {
    const tick = performance.now();
    for (let n = 0; n < CALLS; n += 1) {
      const ids = Array.from({ length: BATCH }, () => (sent++ % CONTACTS) + 1);
      if (tick >= warmAt && sent % (BATCH * 5) === 0) waiting.set(ids[0]!, performance.now());
      const batch = ids.map((id) => ({ type: 'track', userId: `u${id}`, event: 'Paid' }));
      answers.push(post(`${base}/v1/batch`, { user: database.writeKey, body: { batch } }));
    }
    await pause(Math.max(0, tick + EVERY_MS - performance.now()));
  }
  await Promise.all(answers);
  isOver = true;
  await watching;
  return waits;
}

/** Looks for deliveries of those who wait, until nobody does. Index deliveries_pkey. */
async function watch(
  { pool }: BenchContext['database'],
  {
    waiting,
    waits,
    isOver,
  }: { waiting: Map<number, number>; waits: number[]; isOver: () => boolean },
): Promise<void> {
  while (!isOver() || waiting.size > 0) {
    const { rows } = await pool.query<{ id: number }>({
      name: 'deliveries_of_followed',
      text: `select distinct contact_id as id from deliveries where contact_id = any($1::bigint[])`,
      values: [[...waiting.keys()]],
    });
    for (const { id } of rows) {
      waits.push(performance.now() - waiting.get(id)!);
      waiting.delete(id);
    }
    await pause(LOOK_EVERY_MS);
  }
}
