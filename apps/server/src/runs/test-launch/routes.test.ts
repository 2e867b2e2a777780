import type { Right } from '@perennial/contracts';
import { beforeAll, describe, expect, test } from 'vitest';
import { createEgress } from '../../egress/index.ts';
import { testApp, type Credentials } from '../../http/test-app.ts';
import { settle } from '../../main/around-contacts.ts';
import { testRenderPool } from '../../messages/rendering/test-render.ts';
import { createSecretBox } from '../../secret/index.ts';
import { workflowRoutes } from '../../workflows/index.ts';
import { runRoutes } from '../routes.ts';

const SLOTS = 4;
const box = createSecretBox('test');

const app = await testApp({
  routes: () => [
    ...workflowRoutes({ settle, box, renderPool: testRenderPool }),
    ...runRoutes({
      settle,
      slots: SLOTS,
      box,
      renderPool: testRenderPool,
      callEgress: createEgress({ allow: [] }),
      clock: () => app.clock.now(),
      results: { wait: () => Promise.resolve(undefined) },
    }),
  ],
});
const { call, pool, clock, workspace, addWorkspace, addKey } = app;

let contact: string;
let workflow: string;

beforeAll(async () => {
  const { rows } = await pool.query<{ id: number }>(
    `insert into contacts (id, workspace_id, email, fields, source, created_at, updated_at)
     values (nextval('contact_ids'), $1, 'ann@example.com', '{"first_name": "Ann"}', 'api', $2, $2) returning id`,
    [workspace.id, clock.now()],
  );
  contact = String(rows[0]!.id);
  const definition = {
    language: 1,
    start: { type: 'manual' },
    first: 'b1',
    blocks: {
      b1: {
        type: 'if',
        condition: { type: 'field', field: 'first_name', op: 'equals', value: 'Ann' },
        exits: { yes: 'b2', no: 'b2' },
      },
      b2: { type: 'update_fields', set: { last_name: { $event: 'name' } }, exits: {} },
    },
  };
  const { body } = await call('POST', '/workflows', { body: { name: 'W', definition } });
  workflow = body.id;
});

const begin = (more: object = {}, as?: Credentials) =>
  call('POST', `/workflows/${workflow}/tests`, {
    body: { contact, params: { name: 'Lee' }, ...more },
    ...(as && { as }),
  });

test('a test launch is begun, gone on with, read, listed and stopped', async () => {
  const begun = await begin({ pace: 'step' });
  expect(begun).toMatchObject({
    status: 201,
    body: { version: null, state: 'running', block: 'b2', steps: [{ block: 'b1', exit: 'yes' }] },
  });
  const { id } = begun.body;
  const done = await call('POST', `/workflows/tests/${id}/next`, { body: { pace: 'end' } });
  expect(done.body).toMatchObject({
    state: 'completed',
    steps: [{}, { would: [{ act: 'fields', details: { last_name: 'Lee' } }] }],
  });
  expect((await call('GET', `/workflows/tests/${id}`)).body).toEqual(done.body);
  const again = await call('POST', `/workflows/tests/${id}/next`, { body: {} });
  expect(again).toMatchObject({ status: 409, body: { code: 'conflict' } });
  const other = (await begin({ pace: 'step' })).body.id;
  expect((await call('POST', `/workflows/tests/${other}/stop`)).body).toMatchObject({
    state: 'stopped',
    reason: 'by hand',
  });
  const { body } = await call('GET', `/workflows/${workflow}/tests`);
  expect(body.items.map((item: { id: string }) => item.id)).toEqual([other, id]);
});

test('a published version is tried as it was published, while the draft goes on', async () => {
  await call('POST', `/workflows/${workflow}/publish`);
  expect((await begin({ version: 1 })).body).toMatchObject({ version: 1, state: 'completed' });
  expect((await begin({ version: 9 })).status).toBe(404);
});

describe('what makes no sense is refused with its place', () => {
  test.each([
    ['/contact', { contact: '999999' }],
    ['/event', { event: 'zz', params: undefined }],
    ['/deliver/phone', { deliver: { phone: 'seven' } }],
  ])('%s', async (path, more) => {
    expect(await begin(more)).toMatchObject({ status: 422, body: { errors: [{ path }] } });
  });

  test('an event and parameters', async () => {
    expect(await begin({ event: 'zz' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/event' }] },
    });
  });
});

describe('rights', () => {
  const withRights = (...rights: Right[]) => addKey({ rights });

  test('to see contacts and to send are asked for where they are used', async () => {
    const blind = await withRights('workflows.write');
    expect((await begin({}, blind)).status).toBe(403);
    const writer = await withRights('workflows.write', 'contacts.read');
    expect((await begin({}, writer)).status).toBe(201);
    expect((await begin({ deliver: { email: 'me@example.com' } }, writer)).status).toBe(403);
  });

  test('without that to read personal data values are hidden', async () => {
    const writer = await withRights('workflows.write', 'contacts.read');
    const { body } = await begin({}, writer);
    expect(JSON.stringify(body.steps)).not.toMatch(/Ann|Lee/);
    expect(body.context.params).toEqual({ name: '•••' });
  });
});

test('another workspace neither begins, sees, moves nor stops one', async () => {
  const other = await addKey({ workspaceId: (await addWorkspace('other')).id });
  const { id } = (await begin({ pace: 'step' })).body;
  const answers = [
    await begin({}, other),
    await call('GET', `/workflows/${workflow}/tests`, { as: other }),
    await call('GET', `/workflows/tests/${id}`, { as: other }),
    await call('POST', `/workflows/tests/${id}/next`, { as: other, body: {} }),
    await call('POST', `/workflows/tests/${id}/stop`, { as: other }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  expect((await call('GET', `/workflows/tests/${id}`)).body.state).toBe('running');
});
