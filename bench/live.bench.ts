import { setTimeout as pause } from 'node:timers/promises';
import { createEventTypes } from '../apps/server/src/events/index.ts';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { percentile, timed } from './measure.ts';
import { fillContacts } from './population.ts';
import { post } from './post.ts';
import { startBenchProgram } from './program.ts';
import { addSegment } from './segments.ts';

const CONTACTS = 1_000_000;
const TYPES = 40;
const DAYS = 60;
const PER_SECOND = 2000;
const BATCH = 10;
const EVERY_MS = 50;
/** First with so many events stored, then with twenty times as many. */
const STORED = [1_000_000, 20_000_000];

const last = (n: number) => ({ kind: 'last', n, unit: 'day' });

/** What five segments ask of one event type; one of them asks a field and another type too. */
function rulesOf(type: string, other: string): object[] {
  const event = (measure: object, period: object, where?: object) => ({
    type: 'event',
    event: type,
    measure,
    period,
    ...(where && { where }),
  });
  const count = (op: string, value: number) => ({ kind: 'count', op, value });
  return [
    event(count('greater_or_equal', 1), last(30)),
    event(count('greater_or_equal', 2), last(7), { param: 'kind', op: 'equals', value: 'Yoga' }),
    event(count('equals', 0), last(9)),
    event({ kind: 'sum', param: 'burned', op: 'greater', value: 900 }, last(14)),
    {
      all: [
        { type: 'field', field: 'custom.plan', op: 'equals', value: 'pro' },
        event({ kind: 'last' }, last(3)),
        { not: { type: 'event', event: other, period: last(1) } },
      ],
    },
  ];
}

/** 200 live segments on 40 event types: from the call to the membership. */
export const liveBench: Bench = {
  name: 'live',
  title: `Live segments: 200 on ${TYPES} event types, ${PER_SECOND} events/s over HTTP`,
  async run(context) {
    const { database, scale, log } = context;
    const contacts = Math.round(CONTACTS * scale);
    await fillContacts(database, { contacts, now: Date.now() });
    const types = Array.from({ length: TYPES }, (_, n) => `Live${n}`);
    for (const [n, type] of types.entries()) {
      for (const [i, include] of rulesOf(type, types[(n + 1) % TYPES]!).entries()) {
        await addSegment(database, { key: `live-${n}-${i}`, include });
      }
    }
    const commit = await oneCommit(context);
    const figures: Figure[] = [];
    let stored = 0;
    for (const events of STORED.map((most) => Math.round(most * scale))) {
      await addEvents(context, { types, contacts, from: stored, to: events });
      stored = events;
      log(`  ${events} events stored`);
      const measured = await measure(context, { types, contacts });
      const about = `event to membership, 200 live segments, ${PER_SECOND} events/s, ${(events / 1e6).toLocaleString('en')} M events stored`;
      const limit = { what: 'one commit', value: commit };
      const note = `${measured.length} entries and exits`;
      figures.push(
        {
          what: `${about}, p50`,
          value: percentile(measured, 50),
          unit: 'ms',
          budget: 100,
          atMost: true,
          limit,
          note,
        },
        {
          what: `${about}, p99`,
          value: percentile(measured, 99),
          unit: 'ms',
          budget: 1000,
          atMost: true,
          limit,
        },
      );
    }
    return figures;
  },
};

async function addEvents(
  { database: { pool, workspaceId } }: BenchContext,
  { types, contacts, from, to }: { types: string[]; contacts: number; from: number; to: number },
): Promise<void> {
  const ids = await createEventTypes(pool).idsOf(workspaceId, types, new Date());
  const chunk = 500_000;
  for (let at = from; at < to; at += chunk) {
    await pool.query(
      `insert into events (contact_id, id, event_type_id, occurred_at, received_at, workspace_id, source, params)
       select 1 + (random() * ($1 - 1))::bigint, n, ($2::bigint[])[1 + (n % ${TYPES})], at, at, $3, 'sdk',
              jsonb_build_object('kind', case when n % 3 = 0 then 'Yoga' else 'Strength' end,
                                 'burned', 100 + n % 700, 'minutes', n % 60, 'lesson', 'l' || n % 500)
         from (select n, date_trunc('milliseconds', now()) - random() * interval '${DAYS} days' as at
                 from generate_series($4::bigint, $5::bigint) as n) row`,
      [contacts, types.map((type) => ids.get(type)), workspaceId, at + 1, Math.min(at + chunk, to)],
    );
  }
  await pool.query(`select setval('event_ids', $1)`, [to + 100_000_000]);
  await pool.query('vacuum analyze events');
}

async function measure(
  context: BenchContext,
  { types, contacts }: { types: string[]; contacts: number },
): Promise<number[]> {
  const { database, scale } = context;
  const program = await startBenchProgram(database, { role: 'all' });
  const url = `${program.url}/v1/batch`;
  // Buffers and plans are warm after this.
  await send({ url, key: database.writeKey, types, contacts, seconds: 10 });
  const seconds = Math.max(20, Math.round(60 * scale));
  const sent = await send({ url, key: database.writeKey, types, contacts, seconds });
  await pause(3000);
  await program.stop();
  return latenciesOf(context, sent);
}

let serial = 0;

/** Calls go out by the clock, whether or not earlier ones were answered: a queue must show. */
async function send({
  url,
  key,
  types,
  contacts,
  seconds,
}: {
  url: string;
  key: string;
  types: string[];
  contacts: number;
  seconds: number;
}): Promise<Map<string, number>> {
  const sent = new Map<string, number>();
  const answers: Promise<unknown>[] = [];
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    const tick = Date.now();
    for (let n = 0; n < (PER_SECOND * EVERY_MS) / 1000 / BATCH; n += 1) {
      const batch = Array.from({ length: BATCH }, () => {
        serial += 1;
        const messageId = `live-${serial}`;
        sent.set(messageId, Date.now());
        return {
          type: 'track',
          userId: `u${1 + Math.floor(Math.random() * contacts)}`,
          event: types[serial % types.length],
          messageId,
          timestamp: new Date().toISOString(),
          properties: {
            kind: serial % 3 === 0 ? 'Yoga' : 'Strength',
            burned: 100 + (serial % 700),
            minutes: serial % 60,
          },
        };
      });
      answers.push(post(url, { user: key, body: { batch } }));
    }
    await pause(Math.max(0, tick + EVERY_MS - Date.now()));
  }
  await Promise.all(answers);
  return sent;
}

/**
 * An entry or exit is dated by the arrival of its event and tells the delay until it was written,
 * just before the commit.
 */
async function latenciesOf(
  { database: { pool } }: BenchContext,
  sent: Map<string, number>,
): Promise<number[]> {
  const { rows } = await pool.query<{ message_id: string; at: Date; delay: number }>(
    `select e.message_id, f.occurred_at as at, (f.params ->> 'delay_ms')::int as delay
       from events f
       join event_types t on t.id = f.event_type_id and t.key in ('SegmentEntered', 'SegmentLeft')
       join events e on e.contact_id = f.contact_id and e.received_at = f.occurred_at
      where f.params ->> 'cause' = 'data' and e.message_id like 'live-%'`,
  );
  return rows.flatMap(({ message_id: id, at, delay }) => {
    const from = sent.get(id);
    return from === undefined ? [] : [at.getTime() + delay - from];
  });
}

async function oneCommit({ database: { pool, workspaceId } }: BenchContext): Promise<number> {
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
