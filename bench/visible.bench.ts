import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, BenchContext } from './bench.ts';
import { newKey } from './keys.ts';
import { percentile, timed } from './measure.ts';
import { fillContacts } from './population.ts';
import { post, read } from './post.ts';
import { startBenchProgram } from './program.ts';
import { trackCall } from './track-call.ts';

const CONTACTS = 300_000;
const PER_SECOND = 2000;
const BATCH = 5;
const EVERY_MS = 50;
/** Events whose way to the card is followed, a second. */
const FOLLOWED = 5;
const LOOK_EVERY_MS = 10;

interface Activity {
  items: { kind: string; details: unknown }[];
}

/** From the call to the moment at which somebody who looks at the card sees it. */
export const visibleBench: Bench = {
  name: 'visible',
  title: `Visible: from the call to the card, at ${PER_SECOND} events/s over HTTP`,
  async run({ database, scale }) {
    await fillContacts(database, { contacts: CONTACTS, now: Date.now() });
    const key = await newKey(database, 'management');
    const commit = await oneCommit(database);
    const program = await startBenchProgram(database, { role: 'all' });
    const seconds = Math.max(10, Math.round(60 * scale));
    const until = performance.now() + seconds * 1000;
    const url = `${program.url}/v1/batch`;
    const crowd = sendCrowd({ url, key: database.writeKey, until });
    const waits: number[] = [];
    const follows: Promise<void>[] = [];
    while (performance.now() < until) {
      follows.push(
        follow({ base: program.url, key, writeKey: database.writeKey }).then(
          (ms) => void waits.push(ms),
        ),
      );
      await pause(1000 / FOLLOWED);
    }
    await Promise.all([crowd, ...follows]);
    await program.stop();
    return [50, 99].map((p) => ({
      what: `event to visible on the card at ${PER_SECOND} events/s, p${p}`,
      value: percentile(waits, p),
      unit: 'ms',
      ...(p === 99 && { budget: 500, atMost: true }),
      limit: { what: 'one commit', value: commit },
      note: `${waits.length} events followed, looking every ${LOOK_EVERY_MS} ms`,
    }));
  },
};

let followed = 0;

async function follow({
  base,
  key,
  writeKey,
}: {
  base: string;
  key: string;
  writeKey: string;
}): Promise<number> {
  followed += 1;
  // Each of another contact, whose newest event this is.
  const event = `Followed${followed}`;
  const id = followed;
  const start = performance.now();
  const call = { type: 'track', userId: `u${id}`, event: 'Followed', properties: { event } };
  await post(`${base}/v1/batch`, { user: writeKey, body: { batch: [call] } });
  for (;;) {
    const path = `/manage/v1/contacts/${id}/activity?kinds=event&limit=5`;
    const { answer } = await read<Activity>(`${base}${path}`, key);
    if (JSON.stringify(answer.items).includes(event)) return performance.now() - start;
    await pause(LOOK_EVERY_MS);
  }
}

async function sendCrowd({
  url,
  key,
  until,
}: {
  url: string;
  key: string;
  until: number;
}): Promise<void> {
  const calls: Promise<unknown>[] = [];
  const clients = (PER_SECOND * EVERY_MS) / 1000 / BATCH;
  while (performance.now() < until) {
    const tick = performance.now();
    for (let client = 0; client < clients; client += 1) {
      const batch = Array.from({ length: BATCH }, () => trackCall(CONTACTS));
      calls.push(post(url, { user: key, body: { batch } }));
    }
    await pause(Math.max(0, tick + EVERY_MS - performance.now()));
  }
  await Promise.all(calls);
}

async function oneCommit({ pool, workspaceId }: BenchContext['database']): Promise<number> {
  const spent: number[] = [];
  for (let n = 0; n < 100; n += 1) {
    spent.push(
      await timed(() =>
        pool.query(`update resolvers set mark = mark + interval '1 ms' where workspace_id = $1`, [
          workspaceId,
        ]),
      ),
    );
  }
  return percentile(spent, 50);
}
