import { createFieldCatalogue } from '../apps/server/src/contacts/index.ts';
import { createLive } from '../apps/server/src/evaluation/index.ts';
import { createEventTypes } from '../apps/server/src/events/index.ts';
import { createInbox, LANES } from '../apps/server/src/inbox/index.ts';
import { contactQuestions } from '../apps/server/src/main/around-contacts.ts';
import { applyBatch } from '../apps/server/src/pipeline/apply/apply-batch.ts';
import { resolveBatch } from '../apps/server/src/pipeline/index.ts';
import { quietEngine } from '../apps/server/src/pipeline/quiet-engine.ts';
import { readRuns } from '../apps/server/src/runs/index.ts';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { percentile, timed } from './measure.ts';
import { fillContacts } from './population.ts';
import { addSegment } from './segments.ts';

const FEW = 10;
const MANY = 100_000;
/** More events of each contact, each applied by itself. */
const MORE = 50;
/** The contacts, by how many events they have. */
const PEOPLE = new Map([
  [FEW, 1],
  [MANY, 2],
]);

const count = (op: string, value: number) => ({ measure: { kind: 'count', op, value } });
const last = (n: number) => ({ period: { kind: 'last', n, unit: 'day' } });
const longerAgo = (n: number) => ({ period: { kind: 'longer_ago', n, unit: 'day' } });
const ever = { period: { kind: 'ever' } };
const burned = (kind: string) => ({ kind, param: 'burned' });
const previous = (n: number, unit: string) => ({ period: { kind: 'previous', n, unit } });
const yoga = { where: { param: 'kind', op: 'equals', value: 'Yoga' } };

/** Kinds of segments, each measured by itself: what five segments ask of one event type. */
const KINDS: { kind: string; budgetMs?: number; conditions: object[] }[] = [
  {
    kind: 'counts, the first and the last',
    budgetMs: 15,
    conditions: [
      { ...count('greater_or_equal', 3), ...last(30) },
      { ...count('equals', 0), ...last(9) },
      { ...count('greater', 20), ...ever },
      { measure: { kind: 'last' }, ...longerAgo(9) },
      { measure: { kind: 'first' }, ...longerAgo(20) },
    ],
  },
  {
    kind: 'counts of those with a parameter',
    budgetMs: 15,
    conditions: [1, 2, 3, 5, 8].map((n) => ({
      ...count('greater_or_equal', n),
      ...yoga,
      ...last(30),
    })),
  },
  {
    kind: 'sums of a parameter',
    budgetMs: 30,
    conditions: [1, 2, 3, 5, 8].map((n) => ({
      measure: { kind: 'sum', param: 'burned', op: 'greater', value: n * 1000 },
      ...last(30),
    })),
  },
  {
    kind: 'averages, extremes, streaks and calendar periods',
    budgetMs: 30,
    conditions: [
      { measure: { ...burned('average'), op: 'greater', value: 400 }, ...last(30) },
      { measure: { ...burned('max'), op: 'less', value: 799 }, ...last(7) },
      { measure: { kind: 'streak' }, ...previous(4, 'day') },
      { ...count('greater', 50), period: { kind: 'yesterday' } },
      { measure: { ...burned('sum'), op: 'greater', value: 1000 }, ...previous(2, 'week') },
    ],
  },
  {
    kind: 'a filter that nothing matches',
    budgetMs: 30,
    conditions: [1, 2, 3, 5, 8].map((n) => ({
      ...count('greater_or_equal', n),
      where: { param: 'kind', op: 'equals', value: 'Swimming' },
      ...ever,
    })),
  },
  {
    kind: 'distinct values of a parameter',
    conditions: [1, 2, 3, 5, 8].map((n) => ({
      measure: { ...burned('distinct'), op: 'greater', value: n * 50 },
      ...last(30),
    })),
  },
];

/** One more event of somebody who has very many of its type, beside somebody who has few. */
export const heavyBench: Bench = {
  name: 'heavy',
  title: `Live segments: a contact with ${MANY} events of a type, and one more`,
  async run(context) {
    const { database } = context;
    await fillContacts(database, { contacts: PEOPLE.size, now: Date.now() });
    const types = createEventTypes(database.pool);
    const keys = KINDS.map((_, n) => `Heavy${n}`);
    const ids = await types.idsOf(database.workspaceId, keys, new Date());
    const figures: Figure[] = [];
    for (const [n, { kind, budgetMs, conditions }] of KINDS.entries()) {
      const type = keys[n]!;
      for (const [i, rest] of conditions.entries()) {
        await addSegment(database, {
          key: `heavy-${n}-${i}`,
          include: { type: 'event', event: type, ...rest },
        });
      }
      for (const [events, contact] of PEOPLE) {
        await addHistory(context, { typeId: ids.get(type)!, contact, events });
      }
      await database.pool.query('vacuum analyze events');
      const few = await applyMore(context, { type, contact: PEOPLE.get(FEW)! });
      const many = await applyMore(context, { type, contact: PEOPLE.get(MANY)! });
      context.log(
        `${kind}: ${few.median.toFixed(1)} ms, ${many.median.toFixed(1)} ms, at first ${many.first.toFixed(1)} ms`,
      );
      figures.push({
        what: `one more event of a contact with ${MANY.toLocaleString('en')} of its type, applied by itself, 5 live segments: ${kind}`,
        value: many.median,
        unit: 'ms',
        ...(budgetMs !== undefined && { budget: budgetMs, atMost: true }),
        limit: { what: `the same of a contact with ${FEW}`, value: few.median },
      });
    }
    return figures;
  },
};

/** All within the last thirty days. */
async function addHistory(
  { database: { pool, workspaceId } }: BenchContext,
  { typeId, contact, events }: { typeId: number; contact: number; events: number },
): Promise<void> {
  await pool.query(
    `insert into events (contact_id, id, event_type_id, occurred_at, received_at, workspace_id, source, params)
     select $1, nextval('event_ids'), $2, at, at, $3, 'sdk',
            jsonb_build_object('kind', case when n % 3 = 0 then 'Yoga' else 'Strength' end, 'burned', 100 + n % 700)
       from (select n, date_trunc('milliseconds', now()) - n * (interval '29 days' / $4::float8) as at
               from generate_series(1, $4::int) as n) made`,
    [contact, typeId, workspaceId, events],
  );
  await pool.query(
    `update contacts set event_count = coalesce(event_count, 0) + $2 where id = $1`,
    [contact, events],
  );
}

/** What a batch with one event takes, with its commit: the first, and the median. */
async function applyMore(
  { database: { pool, workspaceId, slots } }: BenchContext,
  { type, contact }: { type: string; contact: number },
): Promise<{ first: number; median: number }> {
  const clock = (): Date => new Date();
  const inbox = createInbox({ pool, clock });
  for (let n = 0; n < MORE; n += 1) {
    const item = {
      kind: 'event' as const,
      ids: [['external_id', `u${contact}`]] as [['external_id', string]],
      at: Date.now(),
      source: 'sdk' as const,
      event: type,
      params: { kind: 'Yoga', burned: 300 },
      messageId: `heavy-${type}-${contact}-${n}`,
      ownTime: true,
      createContact: true,
    };
    await inbox.append({ workspaceId, lane: LANES.stream, items: [item] });
    await resolveBatch(pool, { workspaceId, slots, clock, limit: 1 });
  }
  await inbox.close();
  const types = createEventTypes(pool);
  const parts = {
    engine: quietEngine,
    live: createLive({ eventTypes: types, slots, readRuns, questions: contactQuestions }),
    types,
    catalogue: createFieldCatalogue(),
    countries: new Map(),
    slots,
  };
  const claim = { slots: [contact % slots] };
  const spent: number[] = [];
  for (let n = 0; n < MORE; n += 1) {
    spent.push(await timed(() => applyBatch(pool, parts, { clock, claim, limit: 1 })));
  }
  return { first: spent[0]!, median: percentile(spent, 50) };
}
