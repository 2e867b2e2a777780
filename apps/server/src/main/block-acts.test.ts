import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import type { JsonObject } from '../inbox/index.ts';
import {
  byGo,
  event,
  fields,
  T0,
  workflowPipeline,
  workflowWorld,
  type WorkflowWorld,
} from './test-workflows.ts';

const { pool } = await testDatabase();
const pipeline = await workflowPipeline(pool);
const worlds: WorkflowWorld[] = [];
afterAll(() => Promise.all(worlds.map((world) => world.close())));

async function newWorld() {
  const world = await workflowWorld(pool, pipeline);
  worlds.push(world);
  return world;
}

const rest = { type: 'timer', wait: { n: 30, unit: 'day' } };

/** The block, and where its exits lead. */
function through(block: JsonObject, exits: JsonObject = { next: 'done' }): JsonObject {
  const targets = Object.values(exits) as string[];
  return byGo({
    b1: { ...block, exits },
    ...Object.fromEntries(targets.map((target) => [target, rest])),
  });
}

async function suppressions(world: WorkflowWorld): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `select channel || ' ' || address || ' ' || reason || ' ' || source as line
       from suppressions where workspace_id = $1 order by 1`,
    [world.workspaceId],
  );
  return rows.map((row) => row.line);
}

async function events(world: WorkflowWorld, type: string): Promise<JsonObject[]> {
  const { rows } = await pool.query<{ found: JsonObject }>(
    `select jsonb_build_object('who', c.external_id, 'params', e.params, 'key', e.key, 'source', e.source) as found
       from events e
       join event_types t on t.id = e.event_type_id
       left join contacts c on c.id = e.contact_id
      where t.workspace_id = $1 and t.key = $2 order by e.id`,
    [world.workspaceId, type],
  );
  return rows.map((row) => row.found);
}

describe('lists', () => {
  test('are entered and left by runs, which go on when that is so', async () => {
    const world = await newWorld();
    const list = await world.list();
    const id = await world.workflow(
      byGo({
        b1: { type: 'add_to_list', list: String(list), exits: { next: 'b2' } },
        b2: {
          type: 'if',
          condition: { type: 'segment', segment: String(list) },
          exits: { yes: 'in', no: 'out' },
        },
        in: rest,
        out: rest,
      }),
    );
    await world.happen(event('ann', 'Go'));
    await world.settle();
    expect(await world.runs(id)).toEqual(['ann in waiting']);
    expect(await world.members(list)).toEqual(['ann']);
    const leaving = await world.workflow(through({ type: 'remove_from_list', list: String(list) }));
    await world.happen(event('ann', 'Go'));
    await world.settle();
    expect(await world.runs(leaving)).toEqual(['ann done waiting']);
    expect(await world.members(list)).toEqual([]);
  });

  test('that are gone fail the run and say so', async () => {
    const world = await newWorld();
    const id = await world.workflow(through({ type: 'add_to_list', list: '999999' }));
    await world.happen(event('ann', 'Go'));
    await world.settle();
    const [run] = await world.runRows(id);
    expect(run).toMatchObject({ state: 'failed' });
    expect(run!.reason).toContain('There is no such list.');
  });
});

describe('what a contact gets', () => {
  test('a channel is unsubscribed and taken back by workflows, and what the person says stays', async () => {
    const world = await newWorld();
    await world.happen(fields('ann', { email: 'ann@example.com' }));
    await world.workflow(
      byGo(
        { b1: { type: 'unsubscribe', channel: 'email' } },
        { start: { type: 'event', event: 'Out' } },
      ),
    );
    await world.workflow(
      byGo(
        { b1: { type: 'subscribe', channel: 'email' } },
        { start: { type: 'event', event: 'In' } },
      ),
    );
    await world.happen(event('ann', 'Out'));
    await world.settle();
    expect(await suppressions(world)).toEqual(['email ann@example.com unsubscribed workflow']);
    await world.happen(event('ann', 'In'));
    await world.settle();
    expect(await suppressions(world)).toEqual([]);
    await pool.query(
      `insert into suppressions (workspace_id, channel, address, reason, since, source)
       values ($1, 'email', 'ann@example.com', 'unsubscribed', $2, 'manual')`,
      [world.workspaceId, new Date(T0)],
    );
    await world.happen(event('ann', 'In'));
    await world.settle();
    expect(await suppressions(world)).toEqual(['email ann@example.com unsubscribed manual']);
  });

  test('categories and confirmations are the contact’s own', async () => {
    const world = await newWorld();
    await pool.query(
      `insert into categories (workspace_id, key, name, default_subscribed, created_at)
       values ($1, 'news', 'News', false, $2)`,
      [world.workspaceId, new Date(T0)],
    );
    await world.happen({
      kind: 'identify',
      ids: [['external_id', 'ann']],
      fields: { email: 'ann@example.com' },
      at: T0,
      source: 'form',
      confirmed: false,
    });
    const id = await world.workflow(
      byGo({
        b1: { type: 'confirm', exits: { next: 'b2' } },
        b2: { type: 'subscribe', category: 'news', exits: { next: 'b3' } },
        b3: {
          type: 'if',
          condition: { type: 'category', category: 'news' },
          exits: { yes: 'in', no: 'out' },
        },
        in: rest,
        out: rest,
      }),
    );
    await world.happen(event('ann', 'Go'));
    await world.settle();
    expect(await world.runs(id)).toEqual(['ann in waiting']);
    const { rows } = await pool.query(
      `select state, source from addresses where workspace_id = $1 and channel = 'email'`,
      [world.workspaceId],
    );
    expect(rows).toEqual([{ state: 'subscribed', source: 'workflow' }]);
  });

  test('there is nothing to confirm without an address', async () => {
    const world = await newWorld();
    const id = await world.workflow(through({ type: 'confirm' }));
    await world.happen(event('ann', 'Go'));
    await world.settle();
    expect((await world.runRows(id))[0]!.reason).toContain('has no email address');
  });
});

describe('another contact', () => {
  const create = {
    type: 'create_contact',
    external_id: { $event: 'friend' },
    fields: { first_name: { $event: 'name' } },
  };

  test('is created or changed, and the run waits until that is done', async () => {
    const world = await newWorld();
    const id = await world.workflow(through(create, { created: 'new', updated: 'old' }));
    await world.happen(event('ann', 'Go', { friend: 'bob', name: 'Bob' }));
    await world.settle();
    expect(await world.runs(id)).toEqual(['ann new waiting']);
    const bob = await world.contactId('bob');
    expect((await world.runRows(id))[0]!.results).toMatchObject({
      b1: { contact: String(bob), created: true },
    });
    await world.happen(event('cid', 'Go', { friend: 'bob', name: 'Robert' }));
    await world.settle();
    expect(await world.runs(id)).toEqual(['ann new waiting', 'cid old waiting']);
    const { rows } = await pool.query(`select fields, source from contacts where id = $1`, [bob]);
    expect(rows).toMatchObject([{ fields: { first_name: 'Robert' }, source: 'workflow' }]);
  });

  test.each([
    [{}, '$event friend has no value'],
    [{ friend: '' }, '$event friend is ""'],
  ])('is not made of %j', async (params, reason) => {
    const world = await newWorld();
    const id = await world.workflow(through(create, { created: 'new', updated: 'old' }));
    await world.happen(event('ann', 'Go', params));
    await world.settle();
    const [run] = await world.runRows(id);
    expect(run).toMatchObject({ state: 'failed' });
    expect(run!.reason).toContain(reason);
  });

  test('that cannot be made fails the run with what the field says', async () => {
    const world = await newWorld();
    const id = await world.workflow(
      through(
        { ...create, fields: { birthday: { $event: 'born' } } },
        { created: 'a', updated: 'b' },
      ),
    );
    await world.happen(event('ann', 'Go', { friend: 'bob', born: 'yesterday' }));
    await world.settle();
    expect((await world.runRows(id))[0]).toMatchObject({ state: 'failed' });
  });

  test('gets an event and is started in a workflow', async () => {
    const world = await newWorld();
    const other = await world.workflow(byGo({ b1: rest }, { start: { type: 'manual' } }));
    const greeted = await world.workflow(
      byGo({ b1: rest }, { start: { type: 'event', event: 'Greeted' } }),
    );
    const id = await world.workflow(
      byGo({
        b1: {
          type: 'launch_event',
          event: 'Greeted',
          params: { by: { $contact: 'first_name' } },
          contact: { external_id: { $event: 'friend' } },
          exits: { next: 'b2' },
        },
        b2: {
          type: 'start_workflow',
          workflow: String(other),
          contact: { external_id: { $event: 'friend' } },
          exits: { next: 'b3' },
        },
        b3: rest,
      }),
    );
    await world.happen(fields('ann', { first_name: 'Ann' }), event('ann', 'Go', { friend: 'bob' }));
    await world.settle();
    expect(await world.runs(id)).toEqual(['ann b3 waiting']);
    expect(await world.runs(greeted)).toEqual(['bob b1 waiting']);
    expect(await world.runs(other)).toEqual(['bob b1 waiting']);
    expect(await events(world, 'Greeted')).toEqual([
      { who: 'bob', params: { by: 'Ann' }, key: null, source: 'workflow' },
    ]);
    expect((await world.runRows(other))[0]!.context).toMatchObject({ params: { friend: 'bob' } });
  });
});

describe('causes', () => {
  test('are counted: a loop ends ten deep, and is listed', async () => {
    const world = await newWorld();
    const id = await world.workflow(byGo({ b1: { type: 'launch_event', event: 'Go' } }));
    await world.happen(event('ann', 'Go'));
    await world.settle();
    expect(await world.runs(id)).toHaveLength(11);
    expect(await world.refusals(id)).toEqual(['ann loop']);
  });
});

describe('an e-mail address', () => {
  test('is changed by the resolver, and the run goes on with the new one', async () => {
    const world = await newWorld();
    await world.happen(fields('ann', { email: 'ann@example.com' }));
    const id = await world.workflow(
      byGo({
        b1: {
          type: 'update_fields',
          set: { email: { $event: 'email' }, first_name: 'Ann' },
          exits: { next: 'b2' },
        },
        b2: {
          type: 'if',
          condition: { type: 'field', field: 'email', op: 'equals', value: 'ann@new.example' },
          exits: { yes: 'new', no: 'old' },
        },
        new: rest,
        old: rest,
      }),
    );
    await world.happen(event('ann', 'Go', { email: 'Ann@New.example' }));
    await world.settle();
    expect(await world.runs(id)).toEqual(['ann new waiting']);
    const { rows } = await pool.query<{ kind: string }>(
      `select kind from identifiers where workspace_id = $1 and value = 'ann@new.example'`,
      [world.workspaceId],
    );
    expect(rows).toEqual([{ kind: 'email' }]);
  });
});

describe('a goal', () => {
  test('counts a run as converted once', async () => {
    const world = await newWorld();
    const id = await world.workflow(
      byGo({
        b1: { type: 'goal', name: 'Bought', exits: { next: 'b2' } },
        b2: { type: 'checkpoint', name: 'here', exits: { next: 'b3' } },
        b3: { type: 'timer', wait: { n: 1, unit: 'minute' }, exits: { next: 'b1' } },
      }),
    );
    await world.happen(event('ann', 'Go'), event('bob', 'Go'));
    await world.moveTo(T0 + 60_000);
    await world.moveTo(T0 + 120_000);
    expect(await world.counted(id)).toMatchObject({ started: 2, converted: 2 });
  });
});
