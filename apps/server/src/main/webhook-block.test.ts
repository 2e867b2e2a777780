import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeDueCalls } from '../calls/drive-calls.ts';
import { ANSWER_BYTES } from '../calls/index.ts';
import { testHost } from '../calls/test-host.ts';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { createEgress } from '../egress/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import type { TestPipeline } from '../pipeline/test-pipeline.ts';
import { createSecretBox } from '../secret/index.ts';
import { sealSecrets } from '../workflows/index.ts';
import {
  byGo,
  event,
  fields,
  MINUTE,
  SLOTS,
  T0,
  workflowPipeline,
  workflowWorld,
  type WorkflowWorld,
} from './test-workflows.ts';

const { pool } = await testDatabase();
const box = createSecretBox('a secret of this test');
const open = createEgress({ allow: ['127.0.0.1'], answerBytes: ANSWER_BYTES });
const closed = createEgress({ allow: [] });
const worlds: WorkflowWorld[] = [];
let pipeline: TestPipeline;

beforeAll(async () => {
  pipeline = await workflowPipeline(pool);
});
afterAll(async () => {
  await Promise.all(worlds.map((world) => world.close()));
  await open.close();
  await closed.close();
});

const rest = { type: 'timer', wait: { n: 10, unit: 'month' } };

async function newWorld() {
  const world = await workflowWorld(pool, pipeline);
  worlds.push(world);
  const parts = { pool, egress: open, box, slots: SLOTS, clock: () => new Date(world.now()) };
  return {
    ...world,
    /** A workflow of one webhook, with its secrets sealed. */
    async calling(webhook: JsonObject, exits = { ok: 'yes', failed: 'no' }): Promise<number> {
      const definition = byGo({ b1: { type: 'webhook', ...webhook, exits }, yes: rest, no: rest });
      const { workspaceId } = world;
      const now = new Date(world.now());
      return world.workflow(
        await inTransaction(pool, (tx) => sealSecrets(tx, box, { workspaceId, definition, now })),
      );
    },
    /** Makes the calls that are due, and lets runs hear of them. */
    async callOut({ egress = open } = {}): Promise<number> {
      const made = await makeDueCalls({ ...parts, egress });
      await world.settle();
      return made;
    },
    parts,
  };
}

async function resultOf(world: WorkflowWorld, id: number) {
  const [run] = await world.runRows(id);
  return run!.results['b1'] as JsonObject;
}

async function callRows() {
  const { rows } = await pool.query(
    `select state, tries, due_at, status, problem from workflow_calls order by id desc limit 1`,
  );
  return rows[0] as { state: string; tries: number; due_at: Date | null; problem: string | null };
}

describe('a webhook', () => {
  test('asks after the commit, and the run goes on with the answer', async () => {
    const [world, host] = [await newWorld(), await testHost()];
    host.behave(() => ({ status: 201, body: '{"code":"SUMMER"}', headers: { 'x-left': '4' } }));
    const id = await world.calling({
      url: `${host.origin}/codes/{{ contact.first_name }}?for={{ event.order }}`,
      headers: { 'X-Order': '{{ event.order }}', 'x-name': { $event: 'name' } },
      body: { name: '{{ contact.first_name }}', order: { $event: 'order' } },
    });
    await world.happen(
      fields('ann', { first_name: 'Ann Co' }),
      event('ann', 'Go', { order: 'a/b&c', name: 'n' }),
    );
    await world.settle();
    expect(host.asked).toEqual([]);
    expect(await world.runs(id)).toEqual(['ann b1 waiting']);
    await world.callOut();
    expect(host.asked).toMatchObject([
      {
        method: 'POST',
        path: '/codes/Ann%20Co?for=a%2Fb%26c',
        headers: { 'x-order': 'a/b&c', 'x-name': 'n', 'content-type': 'application/json' },
        body: '{"name":"Ann Co","order":"a/b&c"}',
      },
    ]);
    expect(await world.runs(id)).toEqual(['ann yes waiting']);
    expect(await resultOf(world, id)).toMatchObject({
      status: 201,
      body: { code: 'SUMMER' },
      headers: { 'x-left': '4' },
      tries: 1,
    });
  });

  test('signs with its secret, and shows neither it nor a secret header', async () => {
    const [world, host] = [await newWorld(), await testHost()];
    const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    const id = await world.calling({
      url: `${host.origin}/hook`,
      headers: { Authorization: { secret: 'Bearer very-secret' } },
      body: 'hello {{ contact.external_id }}',
      secret,
    });
    await world.happen(event('ann', 'Go'));
    await world.settle();
    await world.callOut();
    const [asked] = host.asked;
    expect(asked!.headers['authorization']).toBe('Bearer very-secret');
    expect(asked!.body).toBe('hello ann');
    const at = Number(asked!.headers['webhook-timestamp']) * 1_000;
    expect(at).toBe(T0);
    expect(new Webhook(secret).sign(asked!.headers['webhook-id']!, new Date(at), asked!.body)).toBe(
      asked!.headers['webhook-signature'],
    );
    const { rows } = await pool.query<{ text: string }>(
      `select concat((select string_agg(definition::text, '') from workflow_versions where workflow_id = $1),
                     (select string_agg(request::text, '') from workflow_calls where workflow_id = $1),
                     (select string_agg(sealed, '') from workflow_secrets),
                     (select string_agg(results::text, '') from runs where workflow_id = $1)) as text`,
      [id],
    );
    expect(rows[0]!.text).toContain('$secret');
    expect(rows[0]!.text).not.toContain('very-secret');
    expect(rows[0]!.text).not.toContain(secret.slice(6));
  });

  test('tries again under the same ID, as long as it may and as late as it is asked to', async () => {
    const [world, host] = [await newWorld(), await testHost()];
    host.behave((_, n) =>
      n === 1 ? 'drop' : { status: 503, headers: { 'retry-after': '120' }, body: 'later' },
    );
    const id = await world.calling({ url: `${host.origin}/hook`, retries: 2 });
    await world.happen(event('ann', 'Go'));
    await world.settle();
    await world.callOut();
    expect((await callRows()).due_at).toEqual(new Date(T0 + 5_000));
    world.setClock(T0 + 5_000);
    await world.callOut();
    expect((await callRows()).due_at).toEqual(new Date(T0 + 125_000));
    world.setClock(T0 + 124_999);
    expect(await world.callOut()).toBe(0);
    world.setClock(T0 + 125_000);
    await world.callOut();
    expect(new Set(host.asked.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(host.asked).toHaveLength(3);
    expect(await world.runs(id)).toEqual(['ann no waiting']);
    expect(await resultOf(world, id)).toMatchObject({ status: 503, body: 'later', tries: 3 });
    expect((await resultOf(world, id))['failed']).toContain('answered 503');
  });

  test.each([
    [{ status: 302, headers: { location: 'https://example.com' } }, 'Redirects are not followed'],
    [{ status: 404 }, 'answered 404'],
    [{ status: 200, body: 'x'.repeat(ANSWER_BYTES + 10) }, 'more than 1 MB'],
  ])('does not try again what will not change: %#', async (behaviour, problem) => {
    const [world, host] = [await newWorld(), await testHost()];
    host.behave(() => behaviour);
    const id = await world.calling({ url: `${host.origin}/hook`, method: 'GET' });
    await world.happen(event('ann', 'Go'));
    await world.settle();
    await world.callOut();
    expect(host.asked).toHaveLength(1);
    expect(await world.runs(id)).toEqual(['ann no waiting']);
    expect((await resultOf(world, id))['failed']).toContain(problem);
  });

  test('goes to no closed address', async () => {
    const [world, host] = [await newWorld(), await testHost()];
    const id = await world.calling({ url: host.origin.replace('http:', 'https:') });
    await world.happen(event('ann', 'Go'));
    await world.settle();
    await world.callOut({ egress: closed });
    expect(host.asked).toEqual([]);
    expect((await resultOf(world, id))['failed']).toContain('is not a public address');
  });

  test('speaks in the clear only with hosts that the operator opened', async () => {
    const world = await newWorld();
    const id = await world.calling({ url: 'http://example.com/' });
    await world.happen(event('ann', 'Go'));
    await world.settle();
    await world.callOut();
    expect((await resultOf(world, id))['failed']).toContain('over https:// only');
  });

  test('keeps what PostgreSQL cannot hold as near as it can', async () => {
    const [world, host] = [await newWorld(), await testHost()];
    const deep = '['.repeat(5_000) + ']'.repeat(5_000);
    host.behave((_, n) => ({ status: 200, body: n === 1 ? '{"a":"\\u0000\\ud800"}' : deep }));
    const id = await world.calling({ url: host.origin });
    await world.happen(event('ann', 'Go'), event('bob', 'Go'));
    await world.settle();
    await world.callOut();
    const rows = await world.runRows(id);
    expect(rows.map(({ results }) => (results['b1'] as JsonObject)['body'])).toEqual([
      { a: '\ufffd\ufffd' },
      deep,
    ]);
  });

  test('fails with its place where its settings cannot be rendered', async () => {
    const world = await newWorld();
    const id = await world.calling({
      url: 'https://example.com/',
      headers: { 'x-a': 'one\n{{ contact.first_name | nothing }}' },
    });
    await world.happen(event('ann', 'Go'));
    await world.settle();
    expect(await world.runs(id)).toEqual(['ann no waiting']);
    const { rows } = await pool.query<{ decided_by: JsonObject }>(
      `select s.decided_by from run_steps s join runs r on r.id = s.run_id
        where r.workflow_id = $1 and s.block = 'b1'`,
      [id],
    );
    expect(rows[0]!.decided_by['failed']).toMatch(/^\/headers\/x-a.*nothing/);
  });

  test('is forgotten when its run is stopped', async () => {
    const [world, host] = [await newWorld(), await testHost()];
    const { workspaceId } = world;
    const id = await world.calling({ url: host.origin });
    await world.happen(event('ann', 'Go'));
    await world.settle();
    await world.happen({
      kind: 'stop',
      ids: [['external_id', 'ann']],
      workflowId: id,
      reason: 'by hand',
      at: T0,
      source: 'manual',
    });
    expect(await world.callOut()).toBe(0);
    expect(await callRows()).toMatchObject({ state: 'cancelled', problem: 'by hand' });
    expect(workspaceId).toBeGreaterThan(0);
  });

  test('in a test run is told, and not made', async () => {
    const [world, host] = [await newWorld(), await testHost()];
    const id = await world.calling({ url: host.origin });
    await world.happen(event('ann', 'Other'));
    await world.happen({
      kind: 'start',
      ids: [['external_id', 'ann']],
      workflowId: id,
      params: {},
      test: true,
      at: T0,
      source: 'manual',
    });
    await world.settle();
    expect(await world.callOut()).toBe(0);
    expect(await world.runs(id)).toEqual(['ann yes waiting']);
  });
});

describe('whoever dies', () => {
  test('between the call and its outcome makes it again, and the run hears of it once', async () => {
    const [world, host] = [await newWorld(), await testHost()];
    const id = await world.calling({ url: host.origin });
    await world.happen(event('ann', 'Go'));
    await world.settle();
    // The connection is gone when the outcome is to be written.
    await pool.query(
      `create function die() returns trigger language plpgsql as $$ begin raise 'killed'; end $$;
       create trigger die before update on workflow_calls for each row
         when (new.state <> 'waiting') execute function die()`,
    );
    await expect(makeDueCalls(world.parts)).rejects.toThrow('killed');
    await pool.query(`drop trigger die on workflow_calls`);
    await world.settle();
    expect(await world.runs(id)).toEqual(['ann b1 waiting']);
    // Not before the call's longest time is over.
    expect(await world.callOut()).toBe(0);
    world.setClock(T0 + MINUTE);
    expect(await world.callOut()).toBe(1);
    expect(host.asked.map(({ headers }) => headers['webhook-id'])).toEqual([
      expect.stringMatching(/^call_\d+$/),
      host.asked[0]!.headers['webhook-id'],
    ]);
    expect(await world.runs(id)).toEqual(['ann yes waiting']);
    expect(await resultOf(world, id)).toMatchObject({ tries: 2 });
  });
});
