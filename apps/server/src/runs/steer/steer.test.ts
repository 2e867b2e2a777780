import { beforeEach, describe, expect, test } from 'vitest';
import { createFieldCatalogue } from '../../contacts/index.ts';
import { inTransaction } from '../../db/index.ts';
import { createEventTypes } from '../../events/index.ts';
import { createEgress } from '../../egress/index.ts';
import { testApp } from '../../http/test-app.ts';
import { appendWithin, LANES, readResults, type InboxItem } from '../../inbox/index.ts';
import { doSlice } from '../../jobs/do-work.ts';
import { settle } from '../../main/around-contacts.ts';
import { createEngine } from '../../main/create-engine.ts';
import { longWork } from '../../main/long-work.ts';
import { advanceMarks } from '../../pipeline/index.ts';
import { testPipeline } from '../../pipeline/test-pipeline.ts';
import { workflowRoutes } from '../../workflows/index.ts';
import { hasDue } from '../../slots/index.ts';
import { runsDue } from '../queries.ts';
import { runRoutes } from '../routes.ts';
import { testRender, testRenderPool } from '../../messages/rendering/test-render.ts';
import { createSecretBox } from '../../secret/index.ts';

const SLOTS = 4;

// Waiting for an item makes the pipeline work, one call after the other.
let working: Promise<unknown> = Promise.resolve();
const app = await testApp({
  routes: ({ pool }) => [
    ...workflowRoutes({ settle, box: createSecretBox('test'), renderPool: testRenderPool }),
    ...runRoutes({
      slots: SLOTS,
      settle,
      renderPool: testRenderPool,
      callEgress: createEgress({ allow: ['127.0.0.1'] }),
      box: createSecretBox('test'),
      clock: () => app.clock.now(),
      results: {
        wait: async (ticket) => {
          await work();
          return (await readResults(pool, { tickets: [ticket] }))[0]?.outcome;
        },
      },
    }),
  ],
});
const { call, pool, clock, workspace, addWorkspace, addKey } = app;
const pipeline = await testPipeline(pool, {
  clock: clock.now,
  slots: SLOTS,
  parts: {
    engine: createEngine({
      eventTypes: createEventTypes(pool),
      fields: createFieldCatalogue(),
      slots: SLOTS,
      render: testRender,
    }),
  },
});

function work(): Promise<unknown> {
  working = working.then(async () => {
    await pipeline.drain();
    await advanceMarks(pool, { clock: clock.now });
    do await pipeline.drain();
    while (await hasDue(pool, { columns: [runsDue], slots: [0, 1, 2, 3], now: clock.now() }));
  });
  return working;
}

/** Does all of a job, and what it handed over. */
async function finish(job: string): Promise<void> {
  const stopping = new AbortController().signal;
  const parts = { pool, kinds: longWork, clock: clock.now, stopping };
  while ((await doSlice(parts, { id: Number(job) })) === 'go on');
  await work();
}

/** Arrivals and marks need time to pass. */
beforeEach(() => clock.advance(1_000));

const day = (next?: string) => ({
  type: 'timer',
  wait: { n: 1, unit: 'day' },
  exits: next === undefined ? {} : { next },
});

let made = 0;

async function newWorkflow(blocks: object): Promise<string> {
  made += 1;
  const { body } = await call('POST', '/workflows', {
    body: { name: `W ${made}`, definition: definitionOf(blocks, `Go${made}`) },
  });
  await publish(body.id);
  await call('POST', `/workflows/${body.id}/activate`);
  return body.id;
}

function definitionOf(blocks: object, event = `Go${made}`) {
  const first = Object.keys(blocks)[0];
  return { language: 1, start: { type: 'event', event }, first, blocks };
}

async function publish(id: string): Promise<void> {
  const { status, body } = await call('POST', `/workflows/${id}/publish`);
  expect(status, JSON.stringify(body)).toBe(200);
}

async function redraw(id: string, blocks: object): Promise<void> {
  await call('PATCH', `/workflows/${id}`, { body: { definition: definitionOf(blocks) } });
  await publish(id);
}

async function start(...whom: string[]): Promise<void> {
  const items = whom.map((who): InboxItem => ({
    kind: 'event',
    ids: [['external_id', who]],
    at: clock.now().getTime(),
    source: 'api',
    event: `Go${made}`,
    params: {},
    ownTime: false,
    createContact: true,
  }));
  await inTransaction(pool, (tx) =>
    appendWithin(tx, { workspaceId: workspace.id, lane: LANES.stream, clock: clock.now, items }),
  );
  await work();
}

/** Runs as `version block state reason`. */
async function runs(id: string): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `select concat_ws(' ', version, block, state, reason) as line from runs where workflow_id = $1 order by id`,
    [id],
  );
  return rows.map((row) => row.line);
}

describe('running contacts of an older version', () => {
  test('are counted by block, and moved as planned', async () => {
    const id = await newWorkflow({ a: day('b'), b: day('c'), c: day() });
    await start('m1');
    clock.advance(86_400_000);
    await work();
    await start('m2', 'm3');
    // m1 stands on b, the two others on a.
    await redraw(id, { a: day('x'), x: { type: 'end', reason: 'new' } });
    const { body: preview } = await call('GET', `/workflows/${id}/move?from=1`);
    expect(preview).toEqual({
      from: 1,
      to: 2,
      blocks: [
        { block: 'a', type: 'timer', runs: 2, target: 'a' },
        { block: 'b', type: 'timer', runs: 1, target: null },
      ],
    });
    expect(await call('POST', `/workflows/${id}/move`, { body: { from: 1 } })).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/blocks/b' }] },
    });
    const { status, body: job } = await call('POST', `/workflows/${id}/move`, {
      body: { from: 1, blocks: { b: 'x' } },
    });
    expect(status, JSON.stringify(job)).toBe(201);
    expect(job.total).toBe(3);
    await finish(job.id);
    expect(await runs(id)).toEqual(['2 x completed new', '2 a waiting', '2 a waiting']);
    // Who stayed goes on waiting for the same instant, and each version counts its own.
    clock.advance(86_400_000);
    await work();
    expect(await runs(id)).toEqual(Array(3).fill('2 x completed new'));
    const stats = async (version: number) =>
      (await call('GET', `/workflows/${id}/stats?version=${version}`)).body;
    expect(await stats(1)).toMatchObject({ started: 0, running: 0, blocks: { a: { waiting: 0 } } });
    expect(await stats(2)).toMatchObject({ started: 3, running: 0, completed: 3 });
  });

  test('are ended where the plan says so', async () => {
    const id = await newWorkflow({ a: day() });
    await start('e1');
    await redraw(id, { z: day() });
    const { body: job } = await call('POST', `/workflows/${id}/move`, {
      body: { from: 1, blocks: { a: null } },
    });
    await finish(job.id);
    expect(await runs(id)).toEqual(['1 a stopped moved to version 2']);
  });

  test.each([
    [{ from: 2 }, 409],
    [{ from: 7 }, 404],
    [{ from: 1, blocks: { a: 'nowhere' } }, 400],
  ])('are not moved by %j', async (body, status) => {
    const id = await newWorkflow({ a: day() });
    await redraw(id, { a: day('b'), b: day() });
    expect(await call('POST', `/workflows/${id}/move`, { body })).toMatchObject({ status });
  });
});

describe('runs that failed', () => {
  const broken = { a: { type: 'timer', wait: { n: { $contact: 'custom.days' }, unit: 'day' } } };

  async function failed(...whom: string[]): Promise<string> {
    await pool.query(
      `insert into fields (workspace_id, key, label, type, source, created_at)
       values ($1, 'days', 'days', 'integer', 'api', $2) on conflict do nothing`,
      [workspace.id, clock.now()],
    );
    await pool.query(`update workspaces set config_version = config_version + 1`);
    const id = await newWorkflow(broken);
    await start(...whom);
    return id;
  }

  async function repair(who: string): Promise<void> {
    await pool.query(
      `update contacts set fields = fields || '{"custom.days": 1}' where external_id = $1`,
      [who],
    );
  }

  test('go on from their block once what was missing is there', async () => {
    const id = await failed('f1', 'f2');
    expect((await runs(id)).map((line) => line.split(' ')[2])).toEqual(['failed', 'failed']);
    await repair('f1');
    const { body: list } = await call('GET', `/workflows/${id}/runs?state=failed`);
    const [second, first] = list.items;
    expect(await call('POST', `/runs/${first.id}/retry`)).toMatchObject({ status: 200 });
    expect((await runs(id))[0]).toBe('1 a waiting');
    expect(await call('POST', `/runs/${first.id}/retry`)).toMatchObject({ status: 409 });
    await repair('f2');
    const { body: job } = await call('POST', `/workflows/${id}/retry_runs`);
    expect(job.total).toBe(1);
    await finish(job.id);
    expect(second).toBeDefined();
    expect(await runs(id)).toEqual(['1 a waiting', '1 a waiting']);
    const { body: stats } = await call('GET', `/workflows/${id}/stats`);
    expect(stats).toMatchObject({ running: 2, failed: 0, blocks: { a: { waiting: 2 } } });
  });

  test('of another workspace are not there', async () => {
    const id = await failed('g1');
    const { body: list } = await call('GET', `/workflows/${id}/runs`);
    const other = await addWorkspace('steer-neighbour');
    const as = await addKey({ workspaceId: other.id });
    for (const url of [
      `/runs/${list.items[0].id}/retry`,
      `/workflows/${id}/stop_runs`,
      `/workflows/${id}/retry_runs`,
    ]) {
      expect(await call('POST', url, { as })).toMatchObject({ status: 404 });
    }
  });
});

test('all active runs are ended as long work', async () => {
  const id = await newWorkflow({ a: day() });
  await start('s1', 's2', 's3');
  const { body: job } = await call('POST', `/workflows/${id}/stop_runs`);
  await finish(job.id);
  expect(await runs(id)).toEqual(Array(3).fill('1 a stopped by hand'));
});

describe('a start by hand for a segment', () => {
  async function list(...whom: string[]): Promise<string> {
    made += 1;
    const { rows } = await pool.query<{ id: number }>(
      `insert into segments (workspace_id, key, name, name_key, kind, source, created_at, updated_at, version)
       values ($1, $2, $2, $2, 'list', 'manual', $3, $3, 0) returning id`,
      [workspace.id, `l${made}`, clock.now()],
    );
    const { id } = rows[0]!;
    const items = whom.map((who): InboxItem => ({
      kind: 'identify',
      ids: [['external_id', who]],
      fields: {},
      lists: { add: [id] },
      at: clock.now().getTime(),
      source: 'api',
    }));
    await inTransaction(pool, (tx) =>
      appendWithin(tx, { workspaceId: workspace.id, lane: LANES.stream, clock: clock.now, items }),
    );
    await work();
    return String(id);
  }

  test('starts its members with the parameters', async () => {
    const segment = await list('h1', 'h2');
    const id = await newWorkflow({ a: day() });
    const { body } = await call('POST', `/workflows/${id}/start`, {
      body: { segment, params: { plan: 'pro' } },
    });
    expect(body).toMatchObject({ accepted: 2, runs: null, job: expect.any(String) });
    await finish(body.job);
    expect(await runs(id)).toEqual(['1 a waiting', '1 a waiting']);
    const { rows } = await pool.query(`select context from runs where workflow_id = $1 limit 1`, [
      id,
    ]);
    expect(rows[0]).toMatchObject({ context: { kind: 'manual', params: { plan: 'pro' } } });
  });

  test.each([
    [{ segment: '999999' }, 400],
    [{}, 400],
    [{ segment: '1', contacts: ['1'] }, 400],
  ])('does not start by %j', async (body, status) => {
    const id = await newWorkflow({ a: day() });
    expect(await call('POST', `/workflows/${id}/start`, { body })).toMatchObject({ status });
  });
});
