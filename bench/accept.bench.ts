import autocannon from 'autocannon';
import { flush } from '../apps/server/src/inbox/flush.ts';
import { LANES } from '../apps/server/src/inbox/index.ts';
import type { Bench, BenchContext } from './bench.ts';
import { rate, timed } from './measure.ts';
import { startBenchProgram } from './program.ts';

const BATCH = 100;
const CONNECTIONS = 16;

export const acceptBench: Bench = {
  name: 'accept',
  title: 'Accepting: HTTP batches of 100 events, durable before the answer',
  async run(context) {
    const { database, scale } = context;
    const copy = await copyLimit(context);
    const program = await startBenchProgram(database, { role: 'api' });
    const seconds = Math.max(3, Math.round(10 * scale));
    const answered = await autocannon({
      url: `${program.url}/v1/batch`,
      method: 'POST',
      connections: CONNECTIONS,
      duration: seconds,
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${database.writeKey}:`).toString('base64')}`,
      },
      body: JSON.stringify({ batch: trackCalls(), sentAt: new Date().toISOString() }),
    });
    await program.stop();
    const kept = await database.pool.query<{ n: string }>(
      `select coalesce(sum(n), 0)::text as n from inbox`,
    );
    const accepted = answered['2xx'] * BATCH;
    if (answered.non2xx > 0 || Number(kept.rows[0]!.n) < accepted) {
      throw new Error(
        `accepted ${accepted}, kept ${kept.rows[0]!.n}, refused ${answered.non2xx} requests`,
      );
    }
    return [
      {
        what: 'events accepted over HTTP, batches of 100',
        value: accepted / answered.duration,
        unit: '/s',
        budget: 25_000,
        limit: { what: 'COPY of the same rows into the inbox', value: copy },
        note: `p50 ${answered.latency.p50} ms, p99 ${answered.latency.p99} ms a batch, ${CONNECTIONS} connections; the client shares the cores`,
      },
    ];
  },
};

function trackCalls(): object[] {
  const now = Date.now();
  return Array.from({ length: BATCH }, (_, i) => ({
    type: 'track',
    userId: `u${i}`,
    event: 'WorkoutCompleted',
    messageId: `accept-${now}-${i}`,
    timestamp: new Date(now - i).toISOString(),
    properties: { kind: 'Strength', burned: 300 + i, minutes: 45, lesson: 'l17' },
    context: { library: { name: 'analytics-node', version: '3.1.0' } },
  }));
}

/** The same rows, serialised already, in the same transactions. */
async function copyLimit({ database: { pool, workspaceId } }: BenchContext): Promise<number> {
  const items = trackCalls().map((call) => JSON.stringify(call));
  const appended = Array.from({ length: CONNECTIONS }, () => ({
    workspaceId,
    lane: LANES.stream,
    items,
  }));
  const rounds = 100;
  const ms = await timed(async () => {
    for (let round = 0; round < rounds; round += 1)
      await flush(pool, { appended, clock: () => new Date() });
  });
  await pool.query('truncate inbox');
  return rate(rounds * CONNECTIONS * BATCH, ms);
}
