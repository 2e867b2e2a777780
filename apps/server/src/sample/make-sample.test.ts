import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFieldCatalogue } from '../contacts/index.ts';
import { ensurePartitions } from '../db/partitions.ts';
import type { Pool } from '../db/index.ts';
import { cloneDatabase } from '../db/test-database.ts';
import { createLive } from '../evaluation/index.ts';
import { createEventTypes } from '../events/index.ts';
import { createInbox } from '../inbox/index.ts';
import { createEngine } from '../main/create-engine.ts';
import { createRenderPool } from '../messages/index.ts';
import { startWorker } from '../pipeline/index.ts';
import { aroundContacts, settle } from '../main/around-contacts.ts';
import { readRuns } from '../runs/index.ts';
import { initialiseInstallation } from '../slots/index.ts';
import { makeSample } from './make-sample.ts';
import { testRender } from '../messages/rendering/test-render.ts';

const SLOTS = 8;
const SIZE = { users: 60, days: 20 };
/** A morning in the middle of a week, so that the last hours of every run of the test are alike. */
const NOW = new Date('2026-06-17T09:30:00Z');
const started = performance.now();
const clock = (): Date => new Date(NOW.getTime() + performance.now() - started);

const renderPool = createRenderPool({
  publicUrl: 'https://stride.test',
  tokenKey: randomBytes(32),
  size: 1,
});
afterAll(() => renderPool.close());

interface Installation {
  pool: Pool;
  make(options?: { until?: string }): Promise<void>;
  close(): Promise<void>;
}

/** A database with a worker at work, in which the sample can be made, or begun. */
async function install(): Promise<Installation> {
  const { pool, url, drop } = await cloneDatabase();
  await initialiseInstallation(pool, { slots: SLOTS, now: NOW });
  await ensurePartitions(pool, { now: NOW });
  const eventTypes = createEventTypes(pool);
  const fields = createFieldCatalogue();
  const worker = await startWorker({
    pool,
    url,
    clock,
    of: 1,
    index: 0,
    onError: (cause) => {
      throw cause;
    },
    parts: {
      engine: createEngine({ eventTypes, fields, slots: SLOTS, render: testRender }),
      live: createLive({ eventTypes, slots: SLOTS, readRuns, questions: aroundContacts.questions }),
      types: eventTypes,
      catalogue: fields,
      countries: new Map(),
      slots: SLOTS,
    },
  });
  const inbox = createInbox({ pool, clock });
  return {
    pool,
    /** `until`: as if the program was killed when the log said so. */
    async make({ until } = {}) {
      const killed = new AbortController();
      const hear = (_details: object, message: string): void => {
        if (message === until) killed.abort();
      };
      const log = { info: hear, warn: hear };
      // The same instant each time, so that the samples of two databases can be compared.
      let asked = 0;
      const clockOfMaking = (): Date => (asked++ === 0 ? NOW : clock());
      await makeSample({
        pool,
        inbox,
        renderPool,
        settle,
        log,
        size: SIZE,
        clock: clockOfMaking,
        signal: killed.signal,
      });
    },
    async close() {
      await worker.stop();
      await inbox.close();
      await drop();
    },
  };
}

async function one<Row extends object>(pool: Pool, text: string): Promise<Row> {
  const { rows } = await pool.query<Row>(text);
  return rows[0]!;
}

/** Whose every event, by sender's own ID: equal texts are equal samples. */
async function digest(pool: Pool): Promise<string> {
  const { events } = await one<{ events: string }>(
    pool,
    `select md5(string_agg(concat_ws(' ', c.external_id, t.key, e.message_id, e.params, e.flags & 1),
                           ',' order by e.message_id, e.occurred_at)) || count(*) as events
       from events e
       join contacts c on c.id = e.contact_id
       join event_types t on t.id = e.event_type_id
      where e.message_id is not null`,
  );
  return events;
}

let whole: Installation;

beforeAll(async () => {
  whole = await install();
  await whole.make();
});
afterAll(() => whole.close());

describe('the sample', () => {
  test('has its users, with what they did, and nothing went wrong', async () => {
    const made = await one(
      whole.pool,
      `select (select count(*)::int from contacts where external_id is not null) as users,
              (select count(*)::int from dead_events) as dead,
              (select count(*)::int from field_conflicts) as conflicts,
              (select finished_at is not null from samples) as finished`,
    );
    expect(made).toEqual({ users: SIZE.users, dead: 0, conflicts: 0, finished: true });
  });

  test('has its lists, with members and a purpose', async () => {
    const { rows } = await whole.pool.query<{
      key: string;
      purpose: string;
      source: string;
      n: number;
    }>(
      `select s.key, s.purpose, s.source, count(m.contact_id)::int as n
         from segments s left join memberships m on m.segment_id = s.id and m.member
        where s.kind = 'list'
        group by s.id order by s.key`,
    );
    expect(rows.map(({ key }) => key)).toEqual(['ambassadors', 'beta-testers', 'first-users']);
    expect(rows.every(({ purpose }) => purpose !== '')).toBe(true);
    expect(rows.every(({ source }) => source === 'system')).toBe(true);
    expect(rows.at(-1)!.n).toBe(Math.round((SIZE.users * 44) / 100));
  });

  test('has dynamic segments, which are computed when jobs are at work', async () => {
    const { rows } = await whole.pool.query<{ key: string; state: string; job: boolean }>(
      `select s.key, v.state, j.id is not null as job
         from segments s
         join segment_versions v on v.segment_id = s.id
         left join jobs j on j.id = v.job_id
        where s.kind = 'dynamic' order by s.key`,
    );
    const keys = ['four-week-streak', 'slipping-away', 'training-this-week', 'trial-ends-soon'];
    expect(rows).toEqual(keys.map((key) => ({ key, state: 'computing', job: true })));
  });

  test('its contacts are as old as the first that was heard of them', async () => {
    const { oldest, days } = await one<{ oldest: Date; days: number }>(
      whole.pool,
      `select min(created_at) as oldest, count(distinct created_at::date)::int as days from contacts`,
    );
    expect(NOW.getTime() - oldest.getTime()).toBeGreaterThan((SIZE.days - 1) * 86_400_000);
    expect(days).toBeGreaterThan(5);
  });

  test('its workflows run, for the last hours only', async () => {
    const { states, runs, early } = await one<{ states: string[]; runs: number; early: number }>(
      whole.pool,
      `select (select array_agg(distinct state) from workflows) as states,
              (select count(*)::int from runs) as runs,
              (select count(*)::int from runs
                where (context ->> 'occurred_at')::timestamptz < '${new Date(NOW.getTime() - 12 * 3_600_000).toISOString()}') as early`,
    );
    expect(states).toEqual(['active']);
    expect(runs).toBeGreaterThan(0);
    expect(early).toBe(0);
  });

  test('its users chose what they want to hear about', async () => {
    const { rows } = await whole.pool.query<{ key: string; subscribed: boolean; n: number }>(
      `select c.key, ch.subscribed, count(*)::int as n
         from category_choices ch join categories c on c.id = ch.category_id
        group by 1, 2`,
    );
    const chose = new Map(rows.map(({ key, subscribed, n }) => [`${key} ${subscribed}`, n]));
    for (const choice of ['newsletter true', 'newsletter false', 'offers true']) {
      expect(chose.get(choice), choice).toBeGreaterThan(0);
    }
  });

  test('is made once', async () => {
    const before = await digest(whole.pool);
    await whole.make();
    expect(await digest(whole.pool)).toBe(before);
    expect(await one(whole.pool, `select count(*)::int as n from workspaces`)).toEqual({ n: 1 });
  });
});

describe('a sample whose making was cut short', () => {
  let cut: Installation;

  beforeEach(async () => {
    cut = await install();
    await cut.make({ until: 'sample workspace: history written' }).catch(() => {});
    return () => cut.close();
  });

  test('is finished by the next start, and is the same', async () => {
    expect(await one(cut.pool, `select finished_at from samples`)).toEqual({ finished_at: null });
    await cut.make();
    expect(await digest(cut.pool)).toBe(await digest(whole.pool));
  });

  test('has nothing twice when more was written than was noted', async () => {
    await cut.pool.query(`update samples set reached_at = reached_at - interval '4 days'`);
    await cut.make();
    expect(await digest(cut.pool)).toBe(await digest(whole.pool));
  });
});
