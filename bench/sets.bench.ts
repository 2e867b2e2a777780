import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkNode, fieldCatalogue, type Node } from '@perennial/conditions';
import { evaluateSet, type SetQuestion } from '../apps/server/src/evaluation/index.ts';
import { keptBuild, tendKeptTypes } from '../apps/server/src/events/index.ts';
import { doSlice } from '../apps/server/src/jobs/do-work.ts';
import { workKinds } from '../apps/server/src/jobs/index.ts';
import { inTransaction } from '../apps/server/src/db/index.ts';
import { contactQuestions } from '../apps/server/src/main/around-contacts.ts';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { copyToDuckDb } from './duckdb.ts';
import { makeHistory } from './history.ts';
import { timed } from './measure.ts';

const DAY = 86_400_000;
/** The data are the same every time, and so is what is asked of them. */
const NOW = Date.UTC(2026, 10, 1, 9);

interface Asked {
  what: string;
  node: object;
  budgetMs: number;
  /** The same rows, read by the best index and no more. */
  scan: string;
  /** Asked of the kept first and last times. */
  kept?: true;
  /** The same question in DuckDB, of a table `events (contact_id, type, ms, params)`. */
  duck: string;
}

const recent = (days: number): number => NOW - days * DAY;
const week = (n: number): number => Date.UTC(2026, 9, 26) - n * 7 * DAY;
const typeId = (key: string): string => `(select id from event_types where key = '${key}')`;
const at = (instant: number): string => `'${new Date(instant).toISOString()}'`;

const LAST_30 = { kind: 'last', n: 30, unit: 'day' };

const TEN = {
  all: [
    { type: 'field', field: 'custom.plan', op: 'one_of', value: ['pro', 'trial'] },
    { type: 'field', field: 'custom.score', op: 'greater', value: 10 },
    { type: 'category', category: 'news' },
    { type: 'event', event: 'AppOpened', period: LAST_30 },
    {
      any: [
        {
          type: 'event',
          event: 'Strength',
          measure: { kind: 'count', op: 'greater_or_equal', value: 2 },
          period: { kind: 'last', n: 90, unit: 'day' },
        },
        {
          type: 'event',
          event: 'LessonFinished',
          where: { param: 'minutes', op: 'greater', value: 30 },
          period: { kind: 'last', n: 60, unit: 'day' },
        },
        {
          type: 'event',
          event: 'LessonStarted',
          measure: { kind: 'sum', param: 'burned', op: 'greater', value: 1000 },
          period: LAST_30,
        },
      ],
    },
    { not: { type: 'event', event: 'Cancelled', period: { kind: 'last', n: 365, unit: 'day' } } },
    { not: { type: 'segment', segment: '1' } },
    {
      type: 'event',
      event: 'Searched',
      measure: { kind: 'count', op: 'less', value: 20 },
      period: { kind: 'last', n: 90, unit: 'day' },
    },
  ],
};

const QUIET: Omit<Asked, 'budgetMs'> = {
  what: 'last event longer ago than 9 days, over all history',
  node: {
    type: 'event',
    event: 'AppOpened',
    measure: { kind: 'last' },
    period: { kind: 'longer_ago', n: 9, unit: 'day' },
  },
  scan: `select count(contact_id) from events where event_type_id = ${typeId('AppOpened')}`,
  duck: `select count(*) from (select contact_id from events where type = 'AppOpened' group by contact_id having max(ms) <= ${recent(9)})`,
};

export const ASKED: Asked[] = [
  {
    what: 'one event in 30 days',
    node: { type: 'event', event: 'AppOpened', period: LAST_30 },
    budgetMs: 1000,
    scan: `select count(contact_id) from events where event_type_id = ${typeId('AppOpened')} and occurred_at > ${at(recent(30))}`,
    duck: `select count(distinct contact_id) from events where type = 'AppOpened' and ms > ${recent(30)}`,
  },
  {
    what: 'with a filter of two parameters, 30 days',
    node: {
      type: 'event',
      event: 'LessonStarted',
      where: {
        all: [
          { param: 'kind', op: 'equals', value: 'Strength' },
          { param: 'burned', op: 'greater', value: 500 },
        ],
      },
      period: LAST_30,
    },
    budgetMs: 1500,
    scan: `select count(params) from events where event_type_id = ${typeId('LessonStarted')} and occurred_at > ${at(recent(30))}`,
    duck: `select count(distinct contact_id) from events where type = 'LessonStarted' and ms > ${recent(30)}
            and (params ->> '$.kind') = 'Strength' and (params ->> '$.burned')::int > 500`,
  },
  {
    what: 'a streak of 4 weeks',
    node: {
      type: 'event',
      event: 'AppOpened',
      measure: { kind: 'streak' },
      period: { kind: 'previous', n: 4, unit: 'week' },
    },
    budgetMs: 1500,
    scan: `select count(contact_id) from events where event_type_id = ${typeId('AppOpened')}
            and occurred_at >= ${at(week(4))} and occurred_at < ${at(week(0))}`,
    duck: `select count(*) from (select contact_id from events where type = 'AppOpened' and ms >= ${week(4)} and ms < ${week(0)}
            group by contact_id having count(distinct (ms - ${week(4)}) // ${7 * DAY}) = 4)`,
  },
  { ...QUIET, budgetMs: 4500 },
  {
    ...QUIET,
    what: `${QUIET.what}, from the kept first and last times`,
    kept: true,
    budgetMs: 1000,
    scan: `select count(contact_id) from kept_times where event_type_id = ${typeId('AppOpened')}`,
  },
  {
    what: 'ten conditions',
    node: TEN,
    budgetMs: 6000,
    scan: `select count(contact_id) from events where event_type_id in (select id from event_types where key in ('AppOpened', 'Strength', 'LessonFinished', 'LessonStarted', 'Searched', 'Cancelled'))
            and occurred_at > ${at(recent(90))}`,
    duck: `select count(*) from (select contact_id from events where ms > ${recent(90)} and type in ('AppOpened', 'Strength', 'LessonFinished', 'LessonStarted', 'Searched')
            group by contact_id having count(*) filter (where type = 'AppOpened' and ms > ${recent(30)}) > 0
             and (count(*) filter (where type = 'Strength') >= 2
                  or count(*) filter (where type = 'LessonFinished' and ms > ${recent(60)} and (params ->> '$.minutes')::int > 30) > 0
                  or sum((params ->> '$.burned')::int) filter (where type = 'LessonStarted' and ms > ${recent(30)}) > 1000))`,
  },
];

/** Definitions over a whole base: 1 million contacts, 20 million events in two years. */
export const setsBench: Bench = {
  name: 'sets',
  title: 'Sets: definitions over 1,000,000 contacts with 20,000,000 events of two years',
  async run(context) {
    const { database, scale, log } = context;
    const size = { contacts: Math.round(1e6 * scale), events: Math.round(2e7 * scale) };
    await makeHistory(database, { ...size, now: NOW, log });
    await keepTimes(context, 'AppOpened');
    const folder = await mkdtemp(join(tmpdir(), 'perennial-duckdb-'));
    try {
      const duck = await copyToDuckDb(database, { folder });
      const figures: Figure[] = [];
      for (const asked of ASKED)
        figures.push(...(await measure(context, asked, (sql) => duck.run(sql))));
      return figures;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** As when a question was slow. */
async function keepTimes(
  { database: { pool, workspaceId }, log }: BenchContext,
  type: string,
): Promise<void> {
  const now = new Date(NOW);
  const slow = { workspaceId, keys: [type], tookMs: 1000, now };
  await inTransaction(pool, (tx) => tendKeptTypes(tx, slow));
  const { rows } = await pool.query<{ id: number }>(
    `select id from jobs where workspace_id = $1 and state in ('queued', 'running')`,
    [workspaceId],
  );
  const kinds = workKinds([keptBuild]);
  const parts = { pool, kinds, clock: () => now, stopping: new AbortController().signal };
  for (const { id } of rows) {
    let longest = 0;
    const ms = await timed(async () => {
      for (let outcome = ''; outcome !== 'finished';) {
        longest = Math.max(
          longest,
          await timed(async () => (outcome = await doSlice(parts, { id }))),
        );
      }
    });
    log(`first and last times built in ${Math.round(ms)} ms, a slice in ${Math.round(longest)} ms`);
    await pool.query('vacuum (analyze) kept_times');
  }
}

async function measure(
  { database: { pool, workspaceId }, log }: BenchContext,
  asked: Asked,
  duck: (sql: string) => Promise<unknown>,
): Promise<Figure[]> {
  const checked = checkNode(asked.node, { fields: FIELDS });
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  const kept = asked.kept ? undefined : { whole: new Set<string>(), asked: new Set<string>() };
  const question = { ...questionOf(checked.value, workspaceId), kept };
  const limits = { timeoutMs: 120_000 };
  const scan = await best(() => pool.query(asked.scan));
  const count = await best(() => evaluateSet(pool, question, { wanted: 'count', ...limits }));
  let rows = 0;
  const changes = await best(async () => {
    rows = (await evaluateSet(pool, question, { wanted: 'changes', ...limits })).length;
  });
  const columnar = await best(() => duck(asked.duck));
  log(
    `${asked.what}: ${Math.round(count)} ms, scan ${Math.round(scan)}, DuckDB ${Math.round(columnar)}`,
  );
  return [
    {
      what: asked.what,
      value: count,
      unit: 'ms',
      budget: asked.budgetMs,
      atMost: true,
      limit: { what: 'bare index scan', value: scan },
      note: `DuckDB, a column store: ${Math.round(columnar)} ms`,
    },
    { what: `${asked.what}, for recomputation`, value: changes, unit: 'ms', note: `${rows} rows` },
  ];
}

const FIELDS = fieldCatalogue({ plan: 'text', score: 'decimal' });

function questionOf(rule: Node, workspaceId: number): SetQuestion {
  return {
    rule,
    workspaceId,
    workspaceZone: 'Europe/Kyiv',
    workspaceCurrency: 'UAH',
    now: new Date(NOW),
    fields: FIELDS,
    questions: contactQuestions,
  };
}

/** Of three, so that one with empty buffers, or beside somebody else's work, does not count. */
async function best(act: () => Promise<unknown>): Promise<number> {
  const times = [await timed(act), await timed(act), await timed(act)];
  return Math.min(...times);
}
