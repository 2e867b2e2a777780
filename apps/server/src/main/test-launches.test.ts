import { blocks, findBlock } from '@perennial/blocks';
import type { NewTestLaunch } from '@perennial/contracts';
import { newTestLaunchSchema } from '@perennial/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFieldCatalogue } from '../contacts/index.ts';
import { testHost } from '../calls/test-host.ts';
import { testDatabase } from '../db/test-database.ts';
import { createEgress } from '../egress/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import { advanceTest, stopTest } from '../runs/test-launch/advance-test.ts';
import { beginTest } from '../runs/test-launch/begin-test.ts';
import { testRenderPool } from '../messages/rendering/test-render.ts';
import { createSecretBox } from '../secret/index.ts';
import { advanceDueTests } from '../runs/test-launch/drive-tests.ts';
import type { TestRow } from '../runs/test-launch/queries.ts';
import {
  byGo,
  DAY,
  event,
  fields,
  HOUR,
  MINUTE,
  SLOTS,
  T0,
  workflowPipeline,
  workflowWorld,
  type WorkflowWorld,
} from './test-workflows.ts';

const { pool } = await testDatabase();
const pipeline = await workflowPipeline(pool);
const worlds: WorkflowWorld[] = [];
afterAll(() => Promise.all(worlds.map((world) => world.close())));

const callEgress = createEgress({ allow: ['127.0.0.1'] });
afterAll(() => callEgress.close());
const parts = {
  pool,
  fields: createFieldCatalogue(),
  slots: SLOTS,
  render: testRenderPool.render,
  callEgress,
  box: createSecretBox('test'),
};

/** A world with ann, who can be written to, and what blocks may name. */
async function newWorld() {
  const world = await workflowWorld(pool, pipeline);
  worlds.push(world);
  const { workspaceId } = world;
  await world.happen(fields('ann', { email: 'ann@example.com', first_name: 'Ann' }));
  await world.settle();
  const contact = await world.contactId('ann');
  const by = {
    workspaceId,
    actor: { kind: 'system', id: null, name: 'tester' } as const,
    at: new Date(T0),
  };
  return {
    ...world,
    contact,
    /** Begins a test of a draft. */
    begin: async (definition: JsonObject, asked: Partial<NewTestLaunch> = {}): Promise<TestRow> => {
      const { rows } = await pool.query<{ id: number }>(
        `insert into workflows (workspace_id, key, name, state, draft, created_at, updated_at)
         values ($1, 'draft' || nextval('run_ids'), 'Draft', 'draft', $2, $3, $3) returning id`,
        [workspaceId, JSON.stringify(definition), new Date(T0)],
      );
      return beginTest(parts, {
        workspaceId,
        workflowId: rows[0]!.id,
        by,
        now: new Date(world.now()),
        asked: newTestLaunchSchema.parse({ contact: String(contact), ...asked }),
      });
    },
    next: async (row: TestRow, move: Partial<Parameters<typeof advanceTest>[1]['move']> = {}) =>
      (await advanceTest(parts, {
        contactId: row.contact_id,
        id: row.id,
        now: new Date(world.now()),
        move: { pace: 'step', ...move },
      }))!,
    async tag(of: string): Promise<string> {
      const { rows } = await pool.query<{ id: number }>(
        `with tag as (insert into tags (workspace_id, name, created_at)
                      values ($1, 'tag ' || nextval('run_ids'), $2) returning id)
         insert into tag_links (tag_id, object_kind, object_id)
         select id, 'message', $3 from tag returning tag_id as id`,
        [workspaceId, new Date(T0), of],
      );
      return String(rows[0]!.id);
    },
    async promoPool(): Promise<string> {
      const { rows } = await pool.query<{ id: number }>(
        `insert into promo_pools (workspace_id, name, name_key, added, created_at, updated_at)
         values ($1, 'pool ' || nextval('run_ids'), 'pool ' || nextval('run_ids'), 0, $2, $2) returning id`,
        [workspaceId, new Date(T0)],
      );
      return String(rows[0]!.id);
    },
    async message(channel = 'email'): Promise<string> {
      const { rows } = await pool.query<{ id: number }>(
        `insert into messages (workspace_id, key, name, channel, default_language, version, created_at, updated_at)
         values ($1, 'm' || nextval('run_ids'), 'Welcome', $2, 'en', 1, $3, $3) returning id`,
        [workspaceId, channel, new Date(T0)],
      );
      await pool.query(
        `insert into message_versions (message_id, version, content, compiled, created_at)
         values ($1, 1, '{"en": {"subject": "Hi", "html": "Hi"}}', '{}', $2)`,
        [rows[0]!.id, new Date(T0)],
      );
      return String(rows[0]!.id);
    },
  };
}

type World = Awaited<ReturnType<typeof newWorld>>;

/** The way that was taken: blocks with the exits by which they were left. */
function wayOf({ steps }: TestRow): string[] {
  return steps.map(({ block, exit }) => (exit === null ? block : `${block} ${exit}`));
}

/** Tables that a test launch may write: its own row, what it sent as a test, and who began it. */
const ITS_OWN = ['test_launches', 'sends', 'deliveries', 'audit', 'workflows'];

/** Every row of every other table, as text. */
async function everythingElse(): Promise<Record<string, string>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select c.relname as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname <> all($1)`,
    [ITS_OWN],
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await pool.query<{ digest: string }>(
      `select md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) as digest from ${name} t`,
    );
    found[name] = rows[0]!.digest;
  }
  return found;
}

interface Case {
  settings: (
    world: World,
    ids: { list: string; workflow: string },
  ) => JsonObject | Promise<JsonObject>;
  /** By which exit the block is left. */
  exit: string | null;
  would?: string[];
  sends?: number;
}

const message = (channel: string, exit = 'next'): Case => ({
  settings: async (world) => ({ message: await world.message(channel) }),
  exit,
  sends: exit === 'next' ? 1 : 0,
});

/** What a test makes of each kind of block; ann has an e-mail address and nothing else. */
const cases: Record<string, Case> = {
  email: message('email'),
  mobile_push: message('mobile_push', 'failed'),
  web_push: message('web_push', 'failed'),
  sms: message('sms', 'failed'),
  viber: message('viber', 'failed'),
  telegram: message('telegram', 'failed'),
  app_inbox: message('app_inbox'),
  in_app: message('in_app'),
  one_from_many: {
    async settings(world) {
      return { channel: 'email', include: [await world.tag(await world.message())] };
    },
    exit: 'next',
    sends: 1,
  },
  webhook: {
    settings: () => ({ url: 'https://example.com/hook' }),
    exit: 'ok',
    would: ['call'],
  },
  promo_code: {
    settings: async (world) => ({ pool: await world.promoPool() }),
    exit: 'ok',
    would: ['code'],
  },
  message_to_segment: {
    settings: async (world, { list }) => ({ message: await world.message(), segment: list }),
    exit: 'next',
    would: ['campaign'],
  },
  timer: { settings: () => ({ wait: { n: 3, unit: 'day' } }), exit: 'next' },
  wait_until: { settings: () => ({ date: '2026-06-20T10:00:00Z' }), exit: 'next' },
  wait_for: {
    settings: () => ({ event: 'Bought', timeout: { n: 1, unit: 'day' } }),
    exit: 'timeout',
  },
  if: {
    settings: () => ({
      condition: { type: 'field', field: 'email', op: 'equals', value: 'ann@example.com' },
    }),
    exit: 'yes',
  },
  switch: {
    settings: () => ({ conditions: [{ type: 'field', field: 'phone', op: 'is_set' }] }),
    exit: 'else',
  },
  split: { settings: () => ({ weights: { a: 1, b: 0 } }), exit: 'a' },
  update_fields: {
    settings: () => ({ set: { first_name: 'Bea' } }),
    exit: 'next',
    would: ['fields'],
  },
  add_to_list: { settings: (_, { list }) => ({ list }), exit: 'next', would: ['lists'] },
  remove_from_list: { settings: (_, { list }) => ({ list }), exit: 'next', would: ['lists'] },
  subscribe: { settings: () => ({ channel: 'email' }), exit: 'next', would: ['channel'] },
  unsubscribe: { settings: () => ({ channel: 'email' }), exit: 'next', would: ['channel'] },
  confirm: { settings: () => ({ channel: 'email' }), exit: 'next', would: ['confirm'] },
  create_contact: {
    settings: () => ({ external_id: 'new', email: 'new@example.com' }),
    exit: 'created',
    would: ['contact'],
  },
  launch_event: { settings: () => ({ event: 'Told' }), exit: 'next', would: ['event'] },
  start_workflow: { settings: (_, { workflow }) => ({ workflow }), exit: 'next', would: ['start'] },
  goal: { settings: () => ({}), exit: 'next' },
  checkpoint: { settings: () => ({ name: 'Here' }), exit: 'next' },
  end: { settings: () => ({}), exit: null },
};

describe('a test of each block writes nothing outside itself', () => {
  let world: World;
  let ids: { list: string; workflow: string };

  beforeAll(async () => {
    world = await newWorld();
    ids = {
      list: String(await world.list()),
      workflow: String(await world.workflow(byGo({ b1: { type: 'end' } }))),
    };
    await world.raise();
  });

  test.each(Object.keys(blocks))('%s', async (type) => {
    const known = cases[type];
    const settings = (await known?.settings(world, ids)) ?? findBlock(type)!.defaults();
    const exits = Object.fromEntries(
      (known?.exit === null ? [] : exitsOf(type, settings as JsonObject)).map((exit) => [
        exit,
        'z',
      ]),
    );
    const rest = Object.keys(exits).length > 0 ? { z: { type: 'end' } } : {};
    const before = await everythingElse();
    const trial = world.begin(byGo({ b1: { type, ...settings, exits }, ...rest }));
    // A kind that nobody has written a case for is tried with what the palette drops.
    const row = await (known ? trial : trial.catch(() => undefined));
    expect(await everythingElse()).toEqual(before);
    if (!known || !row) return;
    const [step] = row.steps;
    expect(step).toMatchObject({ block: 'b1', type, exit: known.exit });
    expect(step!.would.map(({ act }) => act)).toEqual(known.would ?? []);
    expect(step!.sends.filter(({ decision }) => decision === 'sent')).toHaveLength(
      known.sends ?? 0,
    );
    expect(row.state).toBe('completed');
  });
});

function exitsOf(type: string, settings: JsonObject): readonly string[] {
  const kind = findBlock(type)!;
  return kind.exits(kind.settings.parse(settings));
}

const day = (next: string) => ({ type: 'timer', wait: { n: 1, unit: 'day' }, exits: { next } });
const end = { type: 'end' };

describe('the way of a test launch', () => {
  test('passes timers over, and its clock shows when each step would be', async () => {
    const world = await newWorld();
    const row = await world.begin(byGo({ b1: day('b2'), b2: day('b3'), b3: end }));
    expect(wayOf(row)).toEqual(['b1 next', 'b2 next', 'b3']);
    expect(row.steps.map(({ clock }) => Date.parse(clock) - T0)).toEqual([DAY, 2 * DAY, 2 * DAY]);
    expect(row).toMatchObject({ state: 'completed', refused: null });
    expect(row.started_at).toEqual(new Date(T0));
  });

  test('goes step by step, and a wait ends as the person says', async () => {
    const world = await newWorld();
    const definition = byGo({
      b1: {
        type: 'wait_for',
        event: 'Bought',
        timeout: { n: 1, unit: 'day' },
        exits: { happened: 'b2', timeout: 'b3' },
      },
      b2: {
        type: 'if',
        condition: { type: 'run', param: 'b1.params.total', op: 'greater', value: 5 },
        exits: { yes: 'b3', no: 'b4' },
      },
      b3: end,
      b4: end,
    });
    let row = await world.begin(definition, { pace: 'step' });
    expect(row).toMatchObject({ state: 'waiting', block: 'b1', due_at: null });
    row = await world.next(row, { happened: { params: { total: 7 } } });
    expect(wayOf(row)).toEqual(['b1 happened']);
    row = await world.next(row);
    expect(wayOf(row)).toEqual(['b1 happened', 'b2 yes']);
    row = await world.next(row);
    expect(row).toMatchObject({ state: 'completed', block: 'b3' });

    const other = await world.begin(definition, { pace: 'step' });
    expect(wayOf(await world.next(other, { pace: 'end' }))).toEqual(['b1 timeout', 'b3']);
  });

  test('waits in earnest if asked, for time and for what happens', async () => {
    const world = await newWorld();
    const definition = byGo({
      b1: { type: 'timer', wait: { n: 1, unit: 'hour' }, exits: { next: 'b2' } },
      b2: {
        type: 'wait_for',
        event: 'Bought',
        timeout: { n: 1, unit: 'day' },
        exits: { happened: 'b3', timeout: 'b4' },
      },
      b3: end,
      b4: end,
    });
    const begun = await world.begin(definition, { timers: 'real' });
    const read = async (): Promise<TestRow> =>
      (await pool.query<TestRow>('select * from test_launches where id = $1', [begun.id])).rows[0]!;
    expect(begun).toMatchObject({ state: 'waiting', due_at: new Date(T0 + HOUR) });
    await advanceDueTests(parts, new Date(T0 + HOUR - 1));
    expect(wayOf(await read())).toEqual([]);
    world.setClock(T0 + HOUR);
    await advanceDueTests(parts, new Date(T0 + HOUR));
    expect(await read()).toMatchObject({ state: 'waiting', block: 'b2' });
    await advanceDueTests(parts, new Date(T0 + HOUR + MINUTE));
    expect(await read()).toMatchObject({
      state: 'waiting',
      wake_at: new Date(T0 + HOUR + DAY),
    });
    world.setClock(T0 + 2 * HOUR);
    await world.happen(event('ann', 'Bought', {}, { at: T0 + 2 * HOUR }));
    await advanceDueTests(parts, new Date(T0 + 2 * HOUR));
    expect(wayOf(await read())).toEqual(['b1 next', 'b2 happened', 'b3']);
  });

  test('ends by a stop as a run would', async () => {
    const world = await newWorld();
    const definition = byGo(
      { b1: day('b2'), b2: end },
      { stop: [{ type: 'event', event: 'Bought' }] },
    );
    const row = await world.begin(definition, { timers: 'real' });
    world.setClock(T0 + HOUR);
    await world.happen(event('ann', 'Bought', {}, { at: T0 + HOUR }));
    expect(await world.next(row)).toMatchObject({ state: 'stopped', reason: 'stop event Bought' });
    world.setClock(T0 + 2 * HOUR);
    const other = await world.begin(definition, { pace: 'step' });
    const which = { contactId: other.contact_id, id: other.id, now: new Date(T0) };
    expect(await stopTest(parts, which)).toMatchObject({ state: 'stopped', reason: 'by hand' });
  });

  test('sees the fields that it would have set, and the contact keeps its own', async () => {
    const world = await newWorld();
    const named = (value: string) => ({ type: 'field', field: 'first_name', op: 'equals', value });
    const row = await world.begin(
      byGo({
        b1: {
          type: 'update_fields',
          set: { first_name: { $event: 'name' } },
          exits: { next: 'b2' },
        },
        b2: { type: 'if', condition: named('Bea'), exits: { yes: 'b3', no: 'b4' } },
        b3: end,
        b4: end,
      }),
      { params: { name: 'Bea' }, pace: 'step' },
    );
    const done = await world.next(row, { pace: 'end' });
    expect(wayOf(done)).toEqual(['b1 next', 'b2 yes', 'b3']);
    expect(done.steps[0]!.would).toEqual([{ act: 'fields', details: { first_name: 'Bea' } }]);
    const { rows } = await pool.query(`select fields from contacts where id = $1`, [world.contact]);
    expect(rows[0].fields).toEqual({ first_name: 'Ann' });
  });

  test('that never ends is ended', async () => {
    const world = await newWorld();
    let row = await world.begin(byGo({ b1: day('b1') }));
    for (let calls = 0; row.ended_at === null && calls < 10; calls += 1) {
      row = await world.next(row, { pace: 'end' });
    }
    expect(row).toMatchObject({ state: 'failed', reason: 'more than 500 steps in a test' });
  });
});

describe('what starts a test launch', () => {
  test('is an event from history, whose key it takes', async () => {
    const world = await newWorld();
    await world.happen(event('ann', 'Go', { plan: 'pro', order: 7 }, { key: 'k' }));
    await world.settle();
    const { rows } = await pool.query<{ key: string }>(
      `select concat_ws(' ', e.contact_id, e.event_type_id, extract(epoch from e.occurred_at) * 1000, e.id) as key
         from events e join event_types t on t.id = e.event_type_id
        where t.workspace_id = $1 and t.key = 'Go'`,
      [world.workspaceId],
    );
    const id = rows[0]!.key
      .split(' ')
      .map((part) => Number(part).toString(36))
      .join('-');
    const row = await world.begin(
      byGo({ b1: end }, { start: { type: 'event', event: 'Go', key: 'order' } }),
      { event: id },
    );
    expect(row).toMatchObject({ key: '7', context: { params: { plan: 'pro' }, source: 'sdk' } });
    await expect(
      world.begin(byGo({ b1: end }, { start: { type: 'event', event: 'Other' } }), { event: id }),
    ).rejects.toThrow('The workflow is started by Other; this event is Go.');
  });

  test('would start nothing, and the launch says why', async () => {
    const world = await newWorld();
    const list = String(await world.list());
    const start = (more: JsonObject) => ({ start: { type: 'event', event: 'Go', ...more } });
    const refusedBy = async (more: JsonObject, params: JsonObject): Promise<string | undefined> =>
      (await world.begin(byGo({ b1: end }, more), { params })).refused?.reason;
    const where = { param: 'plan', op: 'equals', value: 'pro' };
    expect(await refusedBy(start({ where }), { plan: 'free' })).toBe('where');
    expect(await refusedBy(start({ where }), { plan: 'pro' })).toBeUndefined();
    expect(await refusedBy(start({ segment: list }), {})).toBe('segment');
  });

  test('is a draft that must be right', async () => {
    const world = await newWorld();
    await expect(
      world.begin(byGo({ b1: { type: 'email', message: '999999' } })),
    ).rejects.toMatchObject({
      code: 'unprocessable',
      errors: [{ path: '/definition/blocks/b1/message' }],
    });
  });
});

describe('messages of a test launch', () => {
  const letter = async (world: World) =>
    byGo({ b1: { type: 'email', message: await world.message(), exits: { next: 'b2' } }, b2: end });
  const sent = async (world: World) =>
    (
      await pool.query(
        `select s.test, s.counts_at, s.run_id is not null as of_run, d.address, d.state
           from sends s left join deliveries d on d.send_id = s.id where s.workspace_id = $1`,
        [world.workspaceId],
      )
    ).rows;

  test('are tests of a run, which stay in the sandbox and count nowhere', async () => {
    const world = await newWorld();
    const { id, steps } = await world.begin(await letter(world));
    expect(steps[0]!.sends).toMatchObject([{ decision: 'sent', to: 'sandbox', channel: 'email' }]);
    expect(await sent(world)).toEqual([
      { test: true, counts_at: null, of_run: true, address: 'ann@example.com', state: 'planned' },
    ]);
    expect(await world.runs(id)).toEqual([]);
  });

  test('go to a test address if one is given, and to nobody else', async () => {
    const world = await newWorld();
    const deliver = { email: 'Me@Example.com' };
    const { steps } = await world.begin(await letter(world), { deliver });
    expect(steps[0]!.sends).toMatchObject([{ decision: 'sent', to: 'me@example.com' }]);
    expect(await sent(world)).toEqual([
      { test: true, counts_at: null, of_run: false, address: 'me@example.com', state: 'planned' },
    ]);
  });

  test('that would be refused are not sent, and the exit is that of earnest', async () => {
    const world = await newWorld();
    await pool.query(
      `insert into suppressions (workspace_id, channel, address, reason, since, source)
       values ($1, 'email', 'ann@example.com', 'unsubscribed', $2, 'manual')`,
      [world.workspaceId, new Date(T0)],
    );
    const row = await world.begin(await letter(world));
    expect(row.steps[0]).toMatchObject({
      exit: 'next',
      decided_by: { decision: 'refused' },
      sends: [{ decision: 'refused', delivery: null, to: null }],
    });
    expect(await sent(world)).toEqual([]);
  });

  test('wait for their hours on the clock of the launch', async () => {
    const world = await newWorld();
    const definition = {
      ...(await letter(world)),
      limits: {
        send_hours: { from: '15:00', to: '16:00', days: [1, 2, 3, 4, 5, 6, 7], zone: 'workspace' },
      },
    };
    const row = await world.begin(definition);
    expect(row.steps[0]).toMatchObject({
      exit: 'next',
      clock: expect.stringMatching(/^2026-06-01T15:/),
      sends: [{ decision: 'held' }, { decision: 'sent' }],
    });
    expect(await sent(world)).toHaveLength(1);
  });
});

describe('webhooks of a test launch', () => {
  const asks = (url: string, more: JsonObject = {}): JsonObject =>
    byGo({
      b1: {
        type: 'webhook',
        method: 'POST',
        url,
        body: { plan: { $event: 'plan' } },
        exits: { ok: 'b2', failed: 'b3' },
        ...more,
      },
      b2: { type: 'update_fields', set: { last_name: { $run: 'b1.body.name' } }, exits: {} },
      b3: end,
    });
  const asked = { params: { plan: 'pro' } };

  test('are only shown unless somebody asks for the call', async () => {
    const [world, host] = [await newWorld(), await testHost()];
    const row = await world.begin(asks(`${host.origin}/hook`), asked);
    expect(row).toMatchObject({ state: 'completed', steps: [{ would: [{ act: 'call' }] }, {}] });
    expect(host.asked).toEqual([]);
  });

  test('are called in earnest, once, and later blocks read the answer', async () => {
    const [world, host] = [await newWorld(), await testHost()];
    host.behave(() => ({
      status: 200,
      body: '{"name":"Lee"}',
      headers: { 'content-type': 'application/json' },
    }));
    const row = await world.begin(asks(`${host.origin}/hook`), { ...asked, webhooks: 'call' });
    expect(wayOf(row)).toEqual(['b1 ok', 'b2 next']);
    expect(row.steps[0]).toMatchObject({
      would: [{ act: 'called', details: { request: { method: 'POST' } } }],
      decided_by: { status: 200, tries: 1 },
    });
    expect(row.steps[1]).toMatchObject({ would: [{ details: { last_name: 'Lee' } }] });
    expect(host.asked).toMatchObject([
      { body: '{"plan":"pro"}', headers: { 'webhook-id': `call_test_${row.id}_0` } },
    ]);
  });

  test('that fail lead on by failed, without being tried again, step by step as well', async () => {
    const [world, host] = [await newWorld(), await testHost()];
    host.behave(() => ({ status: 503 }));
    const row = await world.begin(asks(`${host.origin}/hook`), {
      ...asked,
      webhooks: 'call',
      pace: 'step',
    });
    expect(wayOf(row)).toEqual(['b1 failed']);
    expect(host.asked).toHaveLength(1);
    expect(wayOf(await world.next(row))).toEqual(['b1 failed', 'b3']);
  });

  test('go nowhere but where the guard lets them', async () => {
    const world = await newWorld();
    const row = await world.begin(asks('https://10.1.2.3/hook'), { ...asked, webhooks: 'call' });
    expect(wayOf(row)).toEqual(['b1 failed', 'b3']);
  });

  test('of a loop are called a few times, and no more', async () => {
    const [world, host] = [await newWorld(), await testHost()];
    const loop = byGo({
      b1: { type: 'webhook', method: 'GET', url: `${host.origin}/hook`, exits: { ok: 'b2' } },
      b2: day('b1'),
    });
    const row = await world.begin(loop, { ...asked, webhooks: 'call' });
    expect(host.asked).toHaveLength(20);
    expect(row).toMatchObject({ state: 'failed' });
  });

  test('whose answer was lost with the program fail, and hold nothing up', async () => {
    const [world, host] = [await newWorld(), await testHost()];
    const row = await world.begin(asks(`${host.origin}/hook`), {
      ...asked,
      webhooks: 'call',
      pace: 'step',
    });
    // As if the program had stopped between the two commits.
    await pool.query(
      `update test_launches set state = 'waiting', block = 'b1', steps = '[]', ended_at = null,
              results = '{"b1": {"since": "2026-06-01T12:00:00Z"}}', wake_at = $2, due_at = $3
        where id = $1`,
      [row.id, new Date(T0 + DAY), new Date(T0 + MINUTE)],
    );
    const early = await world.next(row);
    expect(early).toMatchObject({ state: 'waiting', block: 'b1' });
    world.setClock(T0 + MINUTE);
    await advanceDueTests(parts, new Date(T0 + MINUTE));
    const read = await pool.query<TestRow>('select * from test_launches where id = $1', [row.id]);
    expect(wayOf(read.rows[0]!)).toEqual(['b1 failed']);
  });
});
