import { setTimeout as pause } from 'node:timers/promises';
import { createEventTypes } from '../apps/server/src/events/index.ts';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { followAround } from './follow-around.ts';
import { newKey } from './keys.ts';
import { percentile } from './measure.ts';
import { fillContacts } from './population.ts';
import { read } from './post.ts';
import { startBenchProgram } from './program.ts';
import { addMembers, addSegment } from './segments.ts';
import { withWork } from './work.ts';

const OPENED_LATELY = {
  type: 'event',
  event: 'Opened',
  measure: { kind: 'count', op: 'greater_or_equal', value: 1 },
  period: { kind: 'last', n: 1, unit: 'hour' },
};

const SETTLE_MS = 40_000;

/** Memberships that time alone ends, each at an instant of its own within a minute. */
export const flipsBench: Bench = {
  name: 'flips',
  title: 'Time: memberships that end at different instants within a minute',
  async run(context) {
    const members = Math.round(100_000 * context.scale);
    const seconds = 60;
    const delays = await flip(context, { members, spreadMs: seconds * 1000 });
    return [
      {
        what: `${members.toLocaleString('en')} memberships that end within ${seconds} s: recorded after their instant, p50`,
        value: percentile(delays, 50),
        unit: 'ms',
      },
      {
        what: `${members.toLocaleString('en')} memberships that end within ${seconds} s: recorded after their instant, the last`,
        value: percentile(delays, 100),
        unit: 'ms',
        budget: 1000,
        atMost: true,
      },
    ];
  },
};

/** Memberships that end all at one instant, as at midnight, while people and their events go on. */
export const midnightBench: Bench = {
  name: 'midnight',
  title: 'Time: memberships that end at one instant',
  async run(context) {
    const members = Math.round(1_000_000 * context.scale);
    const stage = await setStage(context, { members, spreadMs: 0 });
    const program = await startBenchProgram(context.database, { role: 'all' });
    const key = await newKey(context.database, 'management');
    const asked = { base: program.url, key, segment: stage.segment };
    let atOnce: AtOnce | undefined;
    const latency = await followAround(
      { database: context.database, program, contacts: members },
      {
        at: stage.first,
        async act() {
          const reading = readAtOnce(asked);
          await untilEmpty(context, stage);
          atOnce = await reading;
        },
      },
    );
    await program.stop();
    const delays = await delaysOf(context);
    return [
      {
        what: `${members.toLocaleString('en')} memberships that end at one instant: the last recorded after`,
        value: percentile(delays, 100) / 1000,
        unit: 's',
        budget: 90 * context.scale,
        atMost: true,
      } satisfies Figure,
      {
        what: 'the same, read at once',
        value: atOnce!.ms,
        unit: 'ms',
        note: `${atOnce!.members.toLocaleString('en')} members told; ${atOnce!.card} of ${CARDS} cards still told the segment`,
      },
      ...latency,
    ];
  },
};

const CARDS = 20;

interface AtOnce {
  ms: number;
  members: number;
  /** Cards that still told the segment. */
  card: number;
}

/** What somebody is told who looks a moment after the instant. */
async function readAtOnce({
  base,
  key,
  segment,
}: {
  base: string;
  key: string;
  segment: number;
}): Promise<AtOnce> {
  const { answer, ms } = await read<{ items: unknown[]; total?: number }>(
    `${base}/manage/v1/segments/${segment}/members?limit=50`,
    key,
  );
  let card = 0;
  for (let id = 1; id <= CARDS; id += 1) {
    const { answer: own } = await read<unknown>(`${base}/manage/v1/contacts/${id}/segments`, key);
    if (JSON.stringify(own).includes(`"id":${segment}`)) card += 1;
  }
  return { ms, members: answer.items.length, card };
}

interface Stage {
  segment: number;
  /** When the first of them ends. */
  first: number;
  spreadMs: number;
}

async function flip(
  context: BenchContext,
  { members, spreadMs }: { members: number; spreadMs: number },
): Promise<number[]> {
  const stage = await setStage(context, { members, spreadMs });
  return withWork(context.database, async () => {
    await untilEmpty(context, stage);
    return delaysOf(context);
  });
}

async function setStage(
  context: BenchContext,
  { members, spreadMs }: { members: number; spreadMs: number },
): Promise<Stage> {
  const { database, log } = context;
  const { pool, workspaceId } = database;
  await fillContacts(database, { contacts: members, now: Date.now() });
  const ids = await createEventTypes(pool).idsOf(workspaceId, ['Opened'], new Date());
  const segment = await addSegment(database, { key: 'opened', include: OPENED_LATELY });
  const first = Date.now() + SETTLE_MS + members / 20;
  const endsAt = `to_timestamp(${first} / 1000.0) + n * interval '${spreadMs / members} ms'`;
  await pool.query(
    `insert into events (contact_id, id, event_type_id, occurred_at, received_at, workspace_id, source, params)
     select n, n, $1, ${endsAt} - interval '1 hour', now(), $2, 'sdk', '{}'
       from generate_series(1, $3::bigint) as n`,
    [ids.get('Opened'), workspaceId, members],
  );
  await pool.query(`select setval('event_ids', $1)`, [members + 1]);
  await addMembers(database, { segment, members, endsAt });
  await pool.query('vacuum analyze events');
  log(`  ${members} members, the first ends in ${Math.round((first - Date.now()) / 1000)} s`);
  return { segment, first, spreadMs };
}

async function untilEmpty(
  { database: { pool } }: BenchContext,
  { segment, first, spreadMs }: Stage,
): Promise<void> {
  for (;;) {
    await pause(250);
    if (Date.now() < first + spreadMs) continue;
    const { rows } = await pool.query<{ n: number }>(
      `select sum(members)::int as n from segment_sizes where segment_id = $1`,
      [segment],
    );
    if (rows[0]!.n === 0) return;
  }
}

/** Written by the batch just before its commit. */
async function delaysOf({ database: { pool } }: BenchContext): Promise<number[]> {
  const { rows } = await pool.query<{ ms: number }>(
    `select (e.params ->> 'delay_ms')::int as ms
       from events e join event_types t on t.id = e.event_type_id
      where t.key = 'SegmentLeft'`,
  );
  return rows.map(({ ms }) => ms);
}
