import { afterAll, describe, expect, test } from 'vitest';
import { callRoutes } from '../calls/index.ts';
import { testHost } from '../calls/test-host.ts';
import { createEgress } from '../egress/index.ts';
import { testApp } from '../http/test-app.ts';
import { testRenderPool } from '../messages/rendering/test-render.ts';
import { runRoutes } from '../runs/index.ts';
import { createSecretBox } from '../secret/index.ts';
import { workflowRoutes } from '../workflows/index.ts';
import { settle } from './around-contacts.ts';

const box = createSecretBox('test');
const egress = createEgress({ allow: ['127.0.0.1'] });
const app = await testApp({
  routes: [
    ...workflowRoutes({ settle, box, renderPool: testRenderPool }),
    ...callRoutes,
    ...runRoutes({
      settle,
      box,
      renderPool: testRenderPool,
      callEgress: egress,
      slots: 4,
      clock: () => new Date(),
      results: { wait: () => Promise.resolve(undefined) },
    }),
  ],
});
const { call, pool, workspace, addWorkspace, addKey } = app;
afterAll(() => egress.close());

let made = 0;

async function contact(workspaceId = workspace.id): Promise<string> {
  made += 1;
  const { rows } = await pool.query<{ id: number }>(
    `insert into contacts (id, workspace_id, external_id, email, fields, source, created_at, updated_at)
     values (nextval('contact_ids'), $1, $2, $3, '{"first_name": "Ann"}', 'api', $4, $4) returning id`,
    [workspaceId, `who-${made}`, `who-${made}@example.com`, new Date()],
  );
  return String(rows[0]!.id);
}

function definition(webhook: object): object {
  return {
    language: 1,
    start: { type: 'manual' },
    first: 'b1',
    blocks: { b1: { type: 'webhook', ...webhook, exits: {} } },
  };
}

async function workflow(webhook: object) {
  made += 1;
  return call('POST', '/workflows', {
    body: { name: `Calls ${made}`, definition: definition(webhook) },
  });
}

describe('trying a webhook', () => {
  test('shows what goes out for a contact and an event, and what comes back', async () => {
    const host = await testHost();
    host.behave(() => ({
      status: 200,
      body: '{"left": 3}',
      headers: { 'content-type': 'application/json' },
    }));
    const { status, body } = await call('POST', '/workflows/try_webhook', {
      body: {
        block: {
          type: 'webhook',
          exits: {},
          url: `${host.origin}/{{ event.plan }}`,
          headers: { authorization: { secret: 'Bearer top' }, 'x-b': { $run: 'b2.code' } },
          body: '{"name": {{ contact.first_name | json }} }',
          secret: 'shared',
        },
        contact: await contact(),
        event: { plan: 'a b' },
        run: { b2: { code: 'X1' } },
      },
    });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(host.asked[0]).toMatchObject({
      path: '/a%20b',
      body: '{"name": "Ann" }',
      headers: { authorization: 'Bearer top', 'x-b': 'X1' },
    });
    expect(host.asked[0]!.headers['webhook-signature']).toMatch(/^v1,/);
    expect(body).toMatchObject({
      ok: true,
      status: 200,
      problem: null,
      answer: { body: { left: 3 } },
      request: { method: 'POST', body: '{"name": "Ann" }', headers: { 'x-b': 'X1' } },
    });
    expect(JSON.stringify(body)).not.toContain('top');
  });

  test.each([
    [{ url: 'ftp://example.com' }, 'begins with https://'],
    [{ url: 'https://{{ event.host }}/' }, 'begins with https://'],
    [{ url: 'https://example.com/', method: 'GET', body: 'x' }, 'has no body'],
    [{ url: 'https://example.com/', headers: { Host: 'x' } }, 'set by itself'],
    [{ url: 'https://example.com/', secret: 'whsec_short' }, 'in base64'],
    [{ url: 'https://example.com/{{ event.a | nothing }}' }, 'nothing'],
    [{ url: 'https://example.com/', secret: { $secret: '999' } }, 'give it again'],
  ])('refuses %j', async (block, problem) => {
    const { status, body } = await call('POST', '/workflows/try_webhook', { body: { block } });
    expect(status).toBe(422);
    expect(body.detail).toContain(problem);
  });

  test('takes the rights to write workflows and to read the contact', async () => {
    const block = { url: 'https://example.com/' };
    const reader = await addKey({ rights: ['contacts.read'] });
    const tried = (as: Record<string, string>, body: object) =>
      call('POST', '/workflows/try_webhook', { as, body });
    expect((await tried(reader, { block })).status).toBe(403);
    const writer = await addKey({ rights: ['workflows.write'] });
    expect((await tried(writer, { block, contact: await contact() })).status).toBe(403);
  });

  test('knows no contact of another workspace', async () => {
    const other = await addWorkspace('strangers');
    const block = { url: 'https://example.com/' };
    const body = { block, contact: await contact(other.id) };
    expect((await call('POST', '/workflows/try_webhook', { body })).status).toBe(404);
  });
});

describe('secrets', () => {
  test('are kept when a workflow is saved, and for their host alone', async () => {
    const { body } = await workflow({
      url: 'https://one.example/hook',
      secret: 'hidden words',
      headers: { authorization: { secret: 'Bearer hidden' }, 'x-a': 'open' },
    });
    const saved = body.definition.blocks.b1;
    expect(saved).toMatchObject({
      secret: { $secret: expect.stringMatching(/^\d+$/) },
      headers: { authorization: { $secret: expect.stringMatching(/^\d+$/) }, 'x-a': 'open' },
    });
    expect((await call('POST', `/workflows/${body.id}/publish`)).status).toBe(200);
    const moved = definition({ ...saved, url: 'https://two.example/hook' });
    await call('PATCH', `/workflows/${body.id}`, { body: { definition: moved } });
    const refused = await call('POST', `/workflows/${body.id}/publish`);
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      '/definition/blocks/b1/secret',
      '/definition/blocks/b1/headers/authorization',
    ]);
    const { rows } = await pool.query<{ text: string }>(
      `select string_agg(to_jsonb(a)::text, '') as text from audit a`,
    );
    expect(rows[0]!.text).not.toContain('hidden');
  });

  test('of another workspace are no secrets here', async () => {
    const { body } = await workflow({ url: 'https://one.example/', secret: 'theirs' });
    const { $secret: number } = body.definition.blocks.b1.secret;
    const other = await addWorkspace('thieves');
    const as = await addKey({ workspaceId: other.id });
    const taken = definition({ url: 'https://one.example/', secret: { $secret: number } });
    const { body: theirs } = await call('POST', '/workflows', {
      as,
      body: { name: 'Taken', definition: taken },
    });
    expect((await call('POST', `/workflows/${theirs.id}/publish`, { as })).status).toBe(422);
  });
});

test('Liquid that cannot be read is found before a workflow is published', async () => {
  const { body } = await workflow({ url: 'https://one.example/{{ contact.id', body: '{% if %}' });
  const { status, body: problem } = await call('POST', `/workflows/${body.id}/publish`);
  expect(status).toBe(422);
  expect(problem.errors.map(({ path }: { path: string }) => path).toSorted()).toEqual([
    '/definition/blocks/b1/body',
    '/definition/blocks/b1/url',
  ]);
});

test('the log of calls shows what was said to those who may read it, and to nobody else', async () => {
  const { body } = await workflow({ url: 'https://one.example/' });
  const request = {
    method: 'POST',
    url: 'https://one.example/',
    headers: { 'x-a': 'b' },
    secrets: { authorization: '1' },
    body: 'private words',
    timeoutMs: 1000,
    retries: 0,
  };
  await pool.query(
    `insert into workflow_calls (contact_id, workspace_id, run_id, step, workflow_id, version, block, origin, request,
                                 state, tries, status, answer, took_ms, created_at, ended_at)
     values (5, $1, 6, 1, $2, 1, 'b1', 'https://one.example', $3, 'answered', 1, 200, '{"headers": {}, "body": "private"}', 12, $4, $4)`,
    [workspace.id, body.id, JSON.stringify(request), new Date()],
  );
  const whole = await call('GET', `/workflows/${body.id}/calls?block=b1`);
  expect(whole.body.items).toMatchObject([
    {
      state: 'answered',
      status: 200,
      webhook_id: expect.stringMatching(/^call_\d+$/),
      request: { body: 'private words', headers: { 'x-a': 'b', authorization: '••••••' } },
      answer: { body: 'private' },
    },
  ]);
  const masked = await call('GET', `/workflows/${body.id}/calls`, {
    as: await addKey({ rights: ['contacts.read'] }),
  });
  expect(masked.body.items).toMatchObject([{ request: null, answer: null }]);
  const other = await addWorkspace('neighbours');
  const stranger = await addKey({ workspaceId: other.id });
  expect((await call('GET', `/workflows/${body.id}/calls`, { as: stranger })).status).toBe(404);
});
