import { beforeEach, describe, expect, test } from 'vitest';
import { createFieldCatalogue } from '../contacts/index.ts';
import { inTransaction } from '../db/index.ts';
import { createEventTypes } from '../events/index.ts';
import { createEgress } from '../egress/index.ts';
import { testApp } from '../http/test-app.ts';
import { appendWithin, LANES, readResults, type JsonObject } from '../inbox/index.ts';
import { settle } from '../main/around-contacts.ts';
import { createEngine } from '../main/create-engine.ts';
import { advanceMarks } from '../pipeline/index.ts';
import { testPipeline } from '../pipeline/test-pipeline.ts';
import { decideSends } from '../sends/index.ts';
import { workflowRoutes } from '../workflows/index.ts';
import { hasDue } from '../slots/index.ts';
import { runsDue } from './queries.ts';
import { runRoutes } from './routes.ts';
import { testRender, testRenderPool } from '../messages/rendering/test-render.ts';
import { createSecretBox } from '../secret/index.ts';

const SLOTS = 4;
const ALL_SLOTS = [0, 1, 2, 3];

// Waiting for an item makes the pipeline work, one call after the other.
let working: Promise<unknown> = Promise.resolve();
const app = await testApp({
  routes: ({ pool }) => [
    ...workflowRoutes({ settle, box: createSecretBox('test'), renderPool: testRenderPool }),
    ...runRoutes({
      settle,
      renderPool: testRenderPool,
      callEgress: createEgress({ allow: ['127.0.0.1'] }),
      box: createSecretBox('test'),
      slots: SLOTS,
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
const { call, pool, clock, workspace, addWorkspace, addKey, logIn } = app;
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
    // Nothing arrives any more, so timers may fire.
    await advanceMarks(pool, { clock: clock.now });
    do await pipeline.drain();
    while (await hasDue(pool, { columns: [runsDue], slots: ALL_SLOTS, now: clock.now() }));
  });
  return working;
}

/** Arrivals and marks need time to pass. */
beforeEach(() => clock.advance(1_000));

const DAY_MS = 86_400_000;

async function activeWorkflow(values: object = {}): Promise<string> {
  const definition = {
    language: 1,
    start: { type: 'event', event: 'SignedUp' },
    first: 'b1',
    blocks: {
      b1: { type: 'timer', wait: { n: 1, unit: 'day' }, exits: { next: 'b2' } },
      b2: { type: 'split', weights: { a: 1, b: 0 }, exits: { a: 'b3' } },
      b3: { type: 'end' },
    },
    ...values,
  };
  const { body } = await call('POST', '/workflows', { body: { name: 'W', definition } });
  await call('POST', `/workflows/${body.id}/publish`);
  await call('POST', `/workflows/${body.id}/activate`);
  return body.id;
}

async function identify(externalId: string, email?: string): Promise<string> {
  await inTransaction(pool, (tx) =>
    appendWithin(tx, {
      workspaceId: workspace.id,
      lane: LANES.stream,
      clock: clock.now,
      items: [
        {
          kind: 'identify',
          ids: [
            ['external_id', externalId],
            ...(email ? [['email', email] as ['email', string]] : []),
          ],
          at: clock.now().getTime(),
          source: 'api',
          fields: email ? { email } : {},
        },
      ],
    }),
  );
  await work();
  const { rows } = await pool.query<{ id: number }>(
    `select id from contacts where external_id = $1 and workspace_id = $2`,
    [externalId, workspace.id],
  );
  return String(rows[0]!.id);
}

async function track(externalId: string, event: string, params: JsonObject = {}): Promise<void> {
  await inTransaction(pool, (tx) =>
    appendWithin(tx, {
      workspaceId: workspace.id,
      lane: LANES.stream,
      clock: clock.now,
      items: [
        {
          kind: 'event',
          ids: [['external_id', externalId]],
          at: clock.now().getTime(),
          source: 'api',
          event,
          params,
          ownTime: false,
          createContact: true,
        },
      ],
    }),
  );
  await work();
}

const runsOf = async (workflow: string, query = '') =>
  (await call('GET', `/workflows/${workflow}/runs${query}`)).body.items;

describe('a run', () => {
  test('is listed and read with what started it and its steps', async () => {
    const workflow = await activeWorkflow();
    await track('ann', 'SignedUp', { plan: 'pro' });
    const [run] = await runsOf(workflow);
    expect(run).toMatchObject({
      workflow,
      version: 1,
      state: 'waiting',
      block: 'b1',
      reason: null,
      ended_at: null,
      test: false,
    });
    clock.advance(DAY_MS + 1_000);
    await work();
    const read = await call('GET', `/workflows/runs/${run.id}`);
    expect(read.body).toMatchObject({
      id: run.id,
      state: 'completed',
      wake_at: null,
      truncated: false,
      context: { kind: 'event', event: 'SignedUp', params: { plan: 'pro' } },
      steps: [
        { block: 'b1', type: 'timer', exit: 'next' },
        { block: 'b2', type: 'split', exit: 'a', decided_by: { point: expect.any(Number) } },
        { block: 'b3', type: 'end', exit: null },
      ],
    });
    expect((await call('GET', `/runs/${run.id}`)).body).toEqual(read.body);
  });

  test('is ended by hand, and stays as it is when it is ended again', async () => {
    const workflow = await activeWorkflow();
    await track('bob', 'SignedUp');
    const [run] = await runsOf(workflow);
    const stopped = await call('POST', `/workflows/runs/${run.id}/stop`);
    expect(stopped.body).toMatchObject({ id: run.id, state: 'stopped', reason: 'by hand' });
    expect((await call('POST', `/runs/${run.id}/stop`)).body).toEqual(stopped.body);
    const { rows } = await pool.query(
      `select count(*)::int as n from audit where action = 'run.stop' and object_id = $1`,
      [run.id],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  test('is listed by state and by contact, in pages', async () => {
    const workflow = await activeWorkflow();
    const names = ['p1', 'p2', 'p3'];
    for (const name of names) await track(name, 'SignedUp');
    const all = await runsOf(workflow);
    expect(all).toHaveLength(3);
    await call('POST', `/workflows/runs/${all[0].id}/stop`);
    const idsOf = async (query: string) =>
      (await runsOf(workflow, query)).map(({ id }: { id: string }) => id);
    expect(await idsOf('?state=stopped')).toEqual([all[0].id]);
    expect(await idsOf('?state=waiting,running')).toEqual([all[1].id, all[2].id]);
    expect(await idsOf(`?contact=${all[1].contact}`)).toEqual([all[1].id]);
    const page = await call('GET', `/workflows/${workflow}/runs?limit=2`);
    expect(await idsOf(`?limit=2&cursor=${page.body.next_cursor}`)).toEqual([all[2].id]);
    expect((await call('GET', `/workflows/${workflow}/runs?state=asleep`)).status).toBe(400);
  });

  test('hides personal data from those who may not read it', async () => {
    const workflow = await activeWorkflow({
      blocks: {
        b1: {
          type: 'if',
          condition: { type: 'event_param', param: 'email', op: 'is_set' },
          exits: {},
        },
      },
      start: { type: 'event', event: 'SignedUp', key: 'email' },
    });
    await track('cat', 'SignedUp', { email: 'cat@example.com' });
    const [run] = await runsOf(workflow);
    const as = await logIn('marketer_without_contact_data');
    const list = await call('GET', `/workflows/${workflow}/runs`, { as });
    const read = await call('GET', `/workflows/runs/${run.id}`, { as });
    expect(read.body).toMatchObject({ steps: [{ exit: 'yes', decided_by: { result: true } }] });
    for (const { body } of [list, read]) expect(JSON.stringify(body)).not.toContain('cat@');
    expect(JSON.stringify((await call('GET', `/runs/${run.id}`)).body)).toContain('cat@');
  });

  test('of another workspace is not there', async () => {
    const workflow = await activeWorkflow();
    await track('dan', 'SignedUp');
    const [run] = await runsOf(workflow);
    const other = await addWorkspace('neighbour');
    const as = await addKey({ workspaceId: other.id });
    const calls = [
      call('GET', `/workflows/${workflow}/runs`, { as }),
      call('GET', `/workflows/${workflow}/stats`, { as }),
      call('GET', `/workflows/${workflow}/not_started`, { as }),
      call('POST', `/workflows/${workflow}/archive`, { as }),
      call('POST', `/workflows/${workflow}/start`, { as, body: { contacts: [run.contact] } }),
      call('GET', `/workflows/runs/${run.id}`, { as }),
      call('POST', `/workflows/runs/${run.id}/stop`, { as }),
    ];
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(Array(7).fill(404));
  });
});

describe('a start by hand', () => {
  test('tells what became of each contact', async () => {
    const workflow = await activeWorkflow({ start: { type: 'manual' } });
    const ann = await identify('hand-ann', 'hand-ann@example.com');
    const bob = await identify('hand-bob');
    const contacts = [
      ann,
      { email: 'hand-ann@example.com' },
      { external_id: 'hand-bob' },
      { external_id: 'nobody' },
    ];
    const answer = await call('POST', `/workflows/${workflow}/start`, {
      body: { contacts, params: { why: 'because' } },
    });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        accepted: 4,
        runs: [expect.any(String), expect.any(String)],
        refused: [
          { index: 1, reason: 'one_at_a_time' },
          { index: 3, reason: 'contact_not_found' },
        ],
      },
    });
    const runs = await runsOf(workflow);
    expect(runs.map((run: { contact: string }) => run.contact).sort()).toEqual([ann, bob].sort());
    const { body } = await call('GET', `/runs/${answer.body.runs[0]}`);
    expect(body.context).toMatchObject({ kind: 'manual', params: { why: 'because' } });
    const refused = await call('GET', `/workflows/${workflow}/not_started`);
    expect(refused.body.items).toMatchObject([{ contact: ann, reason: 'one_at_a_time' }]);
  });

  test('of very many is kept without waiting', async () => {
    const workflow = await activeWorkflow({ start: { type: 'manual' } });
    const ann = await identify('many-ann');
    const contacts = [ann, ...Array.from({ length: 100 }, (_, i) => ({ external_id: `x${i}` }))];
    const { body } = await call('POST', `/workflows/${workflow}/start`, { body: { contacts } });
    expect(body).toEqual({ accepted: 101, runs: null, refused: null, job: null });
    await work();
    expect(await runsOf(workflow)).toHaveLength(1);
  });

  test('is refused for a workflow that is not active', async () => {
    const workflow = await activeWorkflow();
    await call('POST', `/workflows/${workflow}/pause`);
    const answer = await call('POST', `/workflows/${workflow}/start`, {
      body: { contacts: ['1'] },
    });
    expect(answer.status).toBe(409);
  });

  test.each([[[]], [['x']], [[{ phone: '1' }]], [[{ external_id: 'null' }]]])(
    'is refused for the contacts %j',
    async (contacts) => {
      const workflow = await activeWorkflow();
      const answer = await call('POST', `/workflows/${workflow}/start`, { body: { contacts } });
      expect(answer.status).toBe(400);
    },
  );
});

describe('archiving', () => {
  test('ends the runs in their slots', async () => {
    const workflow = await activeWorkflow();
    for (const name of ['a1', 'a2', 'a3']) await track(name, 'SignedUp');
    const answer = await call('POST', `/workflows/${workflow}/archive`);
    expect(answer.body).toMatchObject({ state: 'archived' });
    await work();
    const runs = await runsOf(workflow);
    expect(runs).toMatchObject(Array(3).fill({ state: 'stopped', reason: 'archived' }));
    expect((await call('GET', `/workflows/${workflow}`)).body.running).toBe(0);
  });
});

describe('the statistics', () => {
  test('count runs, refusals and what happened on each block', async () => {
    const workflow = await activeWorkflow();
    for (const name of ['s1', 's2', 's3', 's1']) await track(name, 'SignedUp');
    const [run] = await runsOf(workflow);
    await call('POST', `/workflows/runs/${run.id}/stop`);
    const from = clock.now().toISOString();
    clock.advance(DAY_MS + 60_000);
    await work();
    await track('s4', 'SignedUp');
    const { body } = await call('GET', `/workflows/${workflow}/stats`);
    expect(body).toEqual({
      period: { from: null, to: null },
      started: 4,
      running: 1,
      completed: 2,
      stopped: 1,
      failed: 0,
      converted: 0,
      not_started: { one_at_a_time: 1 },
      blocks: {
        b1: { entered: 4, waiting: 1, exits: { next: 2 }, ended: { stopped: 1 } },
        b2: { entered: 2, waiting: 0, exits: { a: 2 } },
        b3: { entered: 2, waiting: 0, exits: {}, ended: { completed: 2 } },
      },
    });
    const first = await call('GET', `/workflows/${workflow}/stats?to=${clock.now().toISOString()}`);
    expect(first.body).toMatchObject({
      started: 3,
      running: 1,
      completed: 0,
      blocks: { b1: { entered: 3, waiting: 1 } },
    });
    expect(
      (await call('GET', `/workflows/${workflow}/stats?from=${from}&version=2`)).body,
    ).toMatchObject({
      started: 0,
      running: 0,
    });
  });
});

describe('what a workflow sends', () => {
  test('is accounted for by block, to the last contact', async () => {
    const messageId = await aMessage();
    const workflow = await activeWorkflow({
      blocks: { b1: { type: 'email', message: messageId } },
    });
    // Nobody has an address; of those who start, everybody is refused for that.
    for (const name of ['balance-1', 'balance-2']) await track(name, 'SignedUp');
    expect((await call('GET', `/workflows/${workflow}/sends`)).body).toEqual({
      items: [{ block: 'b1', eligible: 2, sent: 0, waiting: {}, refused: { 'no address': 2 } }],
      counted_since: null,
    });
    const other = await addWorkspace('elsewhere-too');
    const as = await addKey({ workspaceId: other.id });
    expect((await call('GET', `/workflows/${workflow}/sends`, { as })).status).toBe(404);
  });

  test('waits without a run, too, and the worker decides again when its time has come', async () => {
    const messageId = Number(await aMessage());
    const { rows } = await pool.query<{ id: number }>(
      `insert into contacts (id, workspace_id, email, source, created_at, updated_at)
       values (nextval('contact_ids'), $1, 'late@home.example', 'api', $2, $2) returning id`,
      [workspace.id, clock.now()],
    );
    const contactId = rows[0]!.id;
    await pool.query(
      `insert into addresses (contact_id, channel, address, workspace_id, state, state_at, source)
       values ($1, 'email', 'late@home.example', $2, 'subscribed', $3, 'api')`,
      [contactId, workspace.id, clock.now()],
    );
    // Hours that begin two hours from now.
    const begins = new Date(clock.now().getTime() + 2 * 3_600_000).getUTCHours();
    const hour = (n: number): string => `${String(n % 24).padStart(2, '0')}:00`;
    const [decision] = await inTransaction(pool, (tx) =>
      decideSends(tx, {
        requests: [
          {
            workspaceId: workspace.id,
            contactId,
            slot: contactId % SLOTS,
            messageId,
            channel: 'email',
            transactional: false,
            test: false,
            context: {},
            at: clock.now(),
            terms: { send_hours: { from: hour(begins), to: hour(begins + 6), zone: 'UTC' } },
          },
        ],
        now: clock.now(),
      }),
    );
    const decided = async () =>
      (await pool.query(`select decision from sends where id = $1`, [decision!.sendId])).rows;
    expect(decision!.decision).toBe('held');
    clock.advance(60_000);
    await work();
    expect(await decided()).toEqual([{ decision: 'held' }]);
    clock.advance(4 * 3_600_000);
    await work();
    expect(await decided()).toEqual([{ decision: 'sent' }]);
  });
});

async function aMessage(): Promise<string> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into messages (workspace_id, key, name, channel, default_language, version, created_at, updated_at)
     values ($1, 'm' || (select count(*) from messages), 'Hi', 'email', 'en', 1, $2, $2) returning id`,
    [workspace.id, clock.now()],
  );
  await pool.query(
    `insert into message_versions (message_id, version, content, compiled, created_at)
     values ($1, 1, '{"en": {"subject": "Hi", "html": "Hi"}}', '{}', $2)`,
    [rows[0]!.id, clock.now()],
  );
  return String(rows[0]!.id);
}
