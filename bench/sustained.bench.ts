import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { newKey } from './keys.ts';
import { percentile, rate } from './measure.ts';
import { fillContacts } from './population.ts';
import { post, read } from './post.ts';
import { startBenchProgram } from './program.ts';
import { addWorkflow, startedBy } from './runs.ts';
import { addLiveSegments } from './segments.ts';
import { trackCall } from './track-call.ts';

const CONTACTS = 300_000;
const WORKFLOWS = 10;
const BATCH = 100;
/** Offered a little more than the budget; what is not applied in time is seen as lag. */
const PER_SECOND = 10_500;
const LOOK_EVERY_MS = 200;

/** Five minutes of everything at once: clients, resolver, workers, and people in the interface. */
export const sustainedBench: Bench = {
  name: 'sustained',
  title: `Sustained: ${PER_SECOND} events/s over HTTP, applied, while people look at cards and lists`,
  async run(context) {
    const { database, scale } = context;
    await fillContacts(database, { contacts: CONTACTS, now: Date.now() });
    const segments = await addLiveSegments(database);
    for (let n = 0; n < WORKFLOWS; n += 1)
      await addWorkflow(database, { key: `type-${n}`, definition: startedBy(`Type${n}`) });
    const key = await newKey(database, 'management');
    const program = await startBenchProgram(database, { role: 'all' });
    const seconds = Math.max(10, Math.round(300 * scale));
    const stopping = new AbortController();
    const looking = look(`${program.url}/manage/v1`, key, stopping.signal);
    const start = performance.now();
    const sent = await send(context, { url: `${program.url}/v1/batch`, seconds });
    const ms = performance.now() - start;
    const applied = await countApplied(context);
    stopping.abort();
    const waits = await looking;
    const caughtUp = await settle(context, sent);
    await program.stop();
    return [
      {
        what: `events applied while ${PER_SECOND}/s arrive for ${seconds} s, ${segments} live segments, ${WORKFLOWS} active workflows`,
        value: rate(applied, ms),
        unit: '/s',
        budget: 10_000,
        note: `${sent} sent, the last applied ${(caughtUp / 1000).toFixed(1)} s after the last was sent`,
      },
      ...[50, 99, 100].map((p) => wait(waits, p)),
    ];
  },
};

function wait(waits: number[], p: number): Figure {
  const name = p === 100 ? 'longest' : `p${p}`;
  return {
    what: `answer to the interface meanwhile (card, activity, list, search, types), ${name}`,
    value: percentile(waits, p),
    unit: 'ms',
    ...(p === 99 && { budget: 300, atMost: true }),
  };
}

/** By the clock, whether or not earlier calls were answered; but never more than the inbox takes. */
async function send(
  { database, log }: BenchContext,
  { url, seconds }: { url: string; seconds: number },
): Promise<number> {
  const begun = performance.now();
  const under = new Set<Promise<unknown>>();
  let sent = 0;
  while (performance.now() - begun < seconds * 1000) {
    const due = Math.floor(((performance.now() - begun) / 1000) * PER_SECOND);
    while (sent < due) {
      const batch = Array.from({ length: BATCH }, () => trackCall(CONTACTS));
      const call = post(url, { user: database.writeKey, body: { batch } });
      under.add(call);
      void call.finally(() => under.delete(call));
      sent += BATCH;
      if (sent % (PER_SECOND * 60) < BATCH) log(`  ${sent} sent`);
    }
    if (under.size > 200) await Promise.race(under);
    await pause(5);
  }
  await Promise.all(under);
  return sent;
}

/** What a person does who works with cards and lists while events arrive. */
async function look(base: string, key: string, signal: AbortSignal): Promise<number[]> {
  const waits: number[] = [];
  while (!signal.aborted) {
    const id = 1 + Math.floor(Math.random() * CONTACTS);
    for (const path of [
      `/contacts/${id}`,
      `/contacts/${id}/activity?limit=50`,
      '/contacts?limit=50',
      `/contacts?search=u${id}`,
      '/event_types?limit=50',
    ]) {
      const { ms } = await read(`${base}${path}`, key);
      waits.push(ms);
      await pause(LOOK_EVERY_MS);
      if (signal.aborted) break;
    }
  }
  return waits;
}

async function countApplied({ database: { pool } }: BenchContext): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*) as n from events where message_id like 'call-%'`,
  );
  return rows[0]!.n;
}

async function settle(context: BenchContext, sent: number): Promise<number> {
  const begun = performance.now();
  while ((await countApplied(context)) < sent) await pause(500);
  return performance.now() - begun;
}
