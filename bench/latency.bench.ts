import { inTransaction } from '../apps/server/src/db/index.ts';
import type { Bench, BenchContext } from './bench.ts';
import { percentile, timed } from './measure.ts';
import { fillContacts } from './population.ts';
import { startBenchProgram } from './program.ts';
import { addWorkflow } from './runs.ts';

const CONTACTS = 300_000;
const PER_SECOND = 2000;
/** Twenty clients, each with a request of five events every 50 ms. */
const BATCH = 5;
const EVERY_MS = 50;
const CLIENTS = (PER_SECOND * EVERY_MS) / 1000 / BATCH;
/** One event in twenty starts a workflow. */
const STARTS = 20;

export const latencyBench: Bench = {
  name: 'latency',
  title: `Latency: from the call to the workflow's start, at ${PER_SECOND} events/s over HTTP`,
  async run(context) {
    const { database, scale } = context;
    await fillContacts(database, { contacts: CONTACTS, now: Date.now() });
    for (let n = 0; n < 10; n += 1) {
      await addWorkflow(database, {
        key: `start-${n}`,
        definition: startedBy(n === 0 ? 'Start' : `Never${n}`),
      });
    }
    const commit = await oneCommit(context);
    const program = await startBenchProgram(database, { role: 'all' });
    const seconds = Math.max(5, Math.round(20 * scale));
    const sent = await send(`${program.url}/v1/batch`, database.writeKey, seconds);
    await settle(context, sent.size);
    const latencies = await latenciesOf(context, sent);
    await program.stop();
    return [
      figure('p50', percentile(latencies, 50), 50, commit),
      figure('p99', percentile(latencies, 99), 500, commit),
    ];
  },
};

function figure(name: string, value: number, budget: number, commit: number) {
  return {
    what: `event to workflow start at ${PER_SECOND} events/s, ${name}`,
    value,
    unit: 'ms',
    budget,
    atMost: true,
    limit: { what: 'one commit', value: commit },
  };
}

function startedBy(event: string): object {
  return {
    language: 1,
    start: { type: 'event', event },
    stop: [],
    limits: {},
    first: 'wait',
    blocks: { wait: { type: 'timer', wait: { n: 1, unit: 'day' }, exits: {} } },
  };
}

/** Calls go out by the clock, whether or not earlier ones were answered: a queue must show. */
async function send(url: string, key: string, seconds: number): Promise<Map<string, number>> {
  const sent = new Map<string, number>();
  const answers: Promise<unknown>[] = [];
  let serial = 0;
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    const tick = Date.now();
    for (let client = 0; client < CLIENTS; client += 1) {
      const batch = Array.from({ length: BATCH }, () => {
        serial += 1;
        const starts = serial % STARTS === 0;
        const messageId = `latency-${serial}`;
        if (starts) sent.set(messageId, Date.now());
        return {
          type: 'track',
          userId: `u${1 + Math.floor(Math.random() * CONTACTS)}`,
          event: starts ? 'Start' : `Type${serial % 10}`,
          messageId,
          timestamp: new Date().toISOString(),
          properties: { kind: 'Strength', minutes: 30, n: serial },
        };
      });
      answers.push(
        fetch(url, {
          method: 'POST',
          headers: {
            authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
            'content-type': 'application/json',
          },
          body: JSON.stringify({ batch }),
        }).then((answer) => answer.arrayBuffer()),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, tick + EVERY_MS - Date.now())));
  }
  await Promise.all(answers);
  return sent;
}

async function settle({ database: { pool } }: BenchContext, starts: number): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ n: number }>(
      `select (select count(*) from runs) + (select count(*) from not_started) as n`,
    );
    if (rows[0]!.n >= starts) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * A run's first visit to a block is dated by the batch that made it, just before its commit: the
 * time from the call to it, plus one commit, is what a marketer would see.
 */
async function latenciesOf(
  { database: { pool } }: BenchContext,
  sent: Map<string, number>,
): Promise<number[]> {
  const { rows } = await pool.query<{ message_id: string; wake_at: Date }>(
    `select e.message_id, r.wake_at
       from runs r
       join events e on e.contact_id = r.contact_id and e.received_at = r.started_at
       join event_types t on t.id = e.event_type_id and t.key = 'Start'
      where e.message_id like 'latency-%'`,
  );
  const day = 86_400_000;
  return rows.flatMap(({ message_id, wake_at }) => {
    const at = sent.get(message_id);
    return at === undefined ? [] : [wake_at.getTime() - day - at];
  });
}

async function oneCommit({ database: { pool, workspaceId } }: BenchContext): Promise<number> {
  const spent: number[] = [];
  for (let n = 0; n < 100; n += 1) {
    spent.push(
      await timed(() =>
        inTransaction(pool, (tx) =>
          tx.query(`update resolvers set mark = mark + interval '1 ms' where workspace_id = $1`, [
            workspaceId,
          ]),
        ),
      ),
    );
  }
  return percentile(spent, 50);
}
