import { beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../http/test-app.ts';
import { settle } from '../main/around-contacts.ts';
import { testRenderPool } from '../messages/rendering/test-render.ts';
import { createSecretBox } from '../secret/index.ts';
import { workflowRoutes } from '../workflows/index.ts';
import { variantRoutes } from './routes.ts';

const { call, pool, clock, workspace, addWorkspace, addKey, logIn } = await testApp({
  routes: [
    ...workflowRoutes({ settle, box: createSecretBox('test'), renderPool: testRenderPool }),
    ...variantRoutes,
  ],
});

let tag: string;
let workflow: string;
let messages: string[];
let path: string;
let n = 0;

async function one(statement: string, values: unknown[]): Promise<string> {
  const { rows } = await pool.query<{ id: number }>(statement, values);
  return String(rows[0]!.id);
}

async function message(): Promise<string> {
  const id = await one(
    `insert into messages (workspace_id, key, name, channel, default_language, version, created_at, updated_at)
     values ($1, $2, $3, 'email', 'en', 1, $4, $4) returning id`,
    [workspace.id, `v${(n += 1)}`, `=Variant ${n}`, clock.now()],
  );
  await pool.query(
    `insert into message_versions (message_id, version, content, compiled, created_at)
     values ($1, 1, '{"en": {"subject": "Hi", "html": "Hi"}}', '{}', $2)`,
    [id, clock.now()],
  );
  await pool.query(
    `insert into tag_links (tag_id, object_kind, object_id) values ($1, 'message', $2)`,
    [tag, id],
  );
  return id;
}

/** What the engine would have counted. */
async function counted(
  of: string,
  counts: { epoch?: number; chosen: number; settled: number; succeeded: number; machines?: number },
): Promise<void> {
  const { epoch = 1, chosen, settled, succeeded, machines = 0 } = counts;
  await pool.query(
    `insert into choice_counts (workflow_id, block, epoch, message_id, slot, chosen, settled, succeeded,
                                succeeded_machines, lift, lift_squares)
     values ($1, 'pick', $2, $3, $4, $5, $6, $7, $8, 1, 1)`,
    [workflow, epoch, of, n % 4, chosen, settled, succeeded, succeeded + machines],
  );
}

beforeEach(async () => {
  tag = await one(
    `insert into tags (workspace_id, name, created_at) values ($1, $2, $3) returning id`,
    [workspace.id, `tag ${(n += 1)}`, clock.now()],
  );
  messages = [await message(), await message()];
  const definition = {
    language: 1,
    start: { type: 'event', event: 'Go' },
    first: 'pick',
    blocks: { pick: { type: 'one_from_many', channel: 'email', include: [tag] } },
  };
  const created = await call('POST', '/workflows', { body: { name: 'W', definition } });
  workflow = created.body.id;
  path = `/workflows/${workflow}/blocks/pick/variants`;
});

describe('variants of a block', () => {
  test('are those that it would choose among, before anything was sent', async () => {
    const { status, body } = await call('GET', path);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      mode: 'bandit',
      goal: { type: 'click', event: null, within_ms: 86_400_000 },
      include: [{ id: tag }],
      lift: null,
      reset: null,
      days: [],
    });
    expect(body.variants).toMatchObject(
      messages.map((id) => ({
        message: id,
        use: 'chosen',
        chosen: 0,
        rate: null,
        probability: 0.5,
      })),
    );
  });

  test('show what was counted, the likely best first; what is gone stays known', async () => {
    const [bad, good] = messages as [string, string];
    await counted(bad, { chosen: 520, settled: 500, succeeded: 10, machines: 90 });
    await counted(good, { chosen: 500, settled: 490, succeeded: 98 });
    const gone = await message();
    await counted(gone, { chosen: 10, settled: 10, succeeded: 1 });
    await pool.query(`update messages set archived_at = $2 where id = $1`, [gone, clock.now()]);
    const { body } = await call('GET', path);
    expect(body.variants).toMatchObject([
      { message: good, use: 'chosen', settled: 490, succeeded: 98, rate: 0.2, open: 10 },
      { message: bad, use: 'chosen', rate: 0.02, open: 20 },
      { message: gone, use: 'gone', best: null, probability: null },
    ]);
    expect(body.variants[0].best).toBeGreaterThan(0.99);
    expect(body.variants[0].probability).toBeCloseTo(0.95, 2);
    expect(body.lift).toMatchObject({ settled: 1_000, mean: 0.003 });
    const all = await call('GET', `${path}?machines=true`);
    const withMachines = all.body.variants.find((row: { message: string }) => row.message === bad);
    expect(withMachines).toMatchObject({ succeeded: 100, rate: 0.2 });
    // What is chosen goes by people, whatever is looked at.
    expect(withMachines.probability).toBeCloseTo(0.05, 2);
  });

  test('can be downloaded, without formulas', async () => {
    const file = await call('GET', `${path}/file`);
    expect(file.headers['content-type']).toContain('text/csv');
    const [head, ...rows] = String(file.body).trim().split('\r\n');
    expect(head).toMatch(/^message,name,use,chosen/);
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row).toMatch(/^\d+,'=Variant \d+,chosen,0,/);
  });
});

describe('a variant', () => {
  test('is not chosen while it is paused', async () => {
    const [first] = messages;
    const paused = await call('POST', `${path}/${first}/pause`);
    expect(paused.body.variants).toMatchObject([
      { use: 'chosen', probability: 1 },
      { message: first, use: 'paused', probability: null, best: null },
    ]);
    await call('POST', `${path}/${first}/pause`);
    const resumed = await call('POST', `${path}/${first}/resume`);
    expect(resumed.body.variants).toMatchObject([{ probability: 0.5 }, { probability: 0.5 }]);
    const { rows } = await pool.query(
      `select action from audit where object_id = $1 and action like 'variant%' order by id`,
      [workflow],
    );
    expect(rows).toEqual([{ action: 'variant.pause' }, { action: 'variant.resume' }]);
  });

  test('is one of the block', async () => {
    expect((await call('POST', `${path}/999999/pause`)).status).toBe(404);
  });
});

describe('learning', () => {
  test('begins anew, and an undo counts both', async () => {
    const [first] = messages as [string, string];
    await counted(first, { chosen: 100, settled: 100, succeeded: 50 });
    const figures = (body: { variants: { message: string }[] }) =>
      body.variants.find(({ message: id }) => id === first);
    const reset = await call('POST', `${path}/reset`);
    expect(figures(reset.body)).toMatchObject({ chosen: 0, settled: 0, probability: 0.5 });
    expect(reset.body.reset).toMatchObject({ undoable: true });
    n += 1;
    await counted(first, { epoch: 2, chosen: 10, settled: 10, succeeded: 1 });
    expect(figures((await call('GET', path)).body)).toMatchObject({ settled: 10, succeeded: 1 });
    const undone = await call('POST', `${path}/undo_reset`);
    expect(figures(undone.body)).toMatchObject({ settled: 110, succeeded: 51 });
    expect(undone.body.reset).toBeNull();
    expect((await call('POST', `${path}/undo_reset`)).status).toBe(409);
  });
});

describe('who may', () => {
  test('look: members of the workspace; steer: who may launch', async () => {
    const designer = await logIn('designer');
    expect((await call('GET', path, { as: designer })).status).toBe(200);
    expect((await call('POST', `${path}/reset`, { as: designer })).status).toBe(403);
    expect((await call('POST', `${path}/${messages[0]}/pause`, { as: designer })).status).toBe(403);
  });

  test('nobody of another workspace', async () => {
    const other = await addWorkspace(`other-${n}`);
    const as = await addKey({ workspaceId: other.id });
    const calls = [
      call('GET', path, { as }),
      call('GET', `${path}/file`, { as }),
      call('POST', `${path}/${messages[0]}/pause`, { as }),
      call('POST', `${path}/${messages[0]}/resume`, { as }),
      call('POST', `${path}/reset`, { as }),
      call('POST', `${path}/undo_reset`, { as }),
    ];
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(Array(6).fill(404));
  });

  test('ask only of blocks that choose', async () => {
    expect((await call('GET', `/workflows/${workflow}/blocks/other/variants`)).status).toBe(404);
  });
});
