import { expect, test } from 'vitest';
import { z } from 'zod';
import { inTransaction } from '../db/index.ts';
import { forgetIdempotencyKeys } from './idempotency-queries.ts';
import { Problem } from './problem.ts';
import { defineRoute, type ManageRoute } from './route.ts';
import { testApp } from './test-app.ts';
import { waitForItem } from './wait-for-item.ts';

/** What the handlers did, and what they wait for. */
const outside = {
  acts: 0,
  reached: Promise.withResolvers<void>(),
  gate: Promise.resolve(),
  fail: undefined as Problem | undefined,
  appended: [] as string[],
  applied: new Map<string, string>(),
};

const routes: ManageRoute[] = [
  defineRoute({
    method: 'POST',
    url: '/acts',
    right: 'member',
    summary: 'Counts',
    body: z.object({ name: z.string() }),
    response: z.object({ acts: z.number(), name: z.string() }),
    status: 201,
    handler: async ({ body }) => {
      outside.reached.resolve();
      await outside.gate;
      if (outside.fail) throw outside.fail;
      outside.acts += 1;
      return { acts: outside.acts, name: body.name };
    },
  }),
  defineRoute({
    method: 'POST',
    url: '/secrets',
    right: 'member',
    summary: 'Tells a secret',
    response: z.object({ token: z.string() }),
    secretAnswer: true,
    handler: () => ({ token: 'hush' }),
  }),
  defineRoute({
    method: 'POST',
    url: '/items',
    right: 'member',
    summary: 'Waits for its item',
    response: z.object({ outcome: z.string() }),
    handler: async ({ db, repetition }) => {
      const outcome = await waitForItem({
        repetition,
        append: (ticket, keep) =>
          inTransaction(db, async (tx) => {
            await keep(tx);
            if (outside.fail) throw outside.fail;
            outside.appended.push(ticket);
          }),
        wait: async (ticket) => outside.applied.get(ticket),
      });
      return { outcome };
    },
  }),
];

const { call, pool, clock, addWorkspace, addKey } = await testApp({ routes });

function act(key: string, body: unknown = { name: 'a' }) {
  return call('POST', '/acts', { body, headers: { 'idempotency-key': key } });
}

test('the same call with the same key is carried out once and answered alike', async () => {
  const first = await act('same');
  const second = await act('same');
  expect(first.status).toBe(201);
  expect(second).toMatchObject({ status: 201, body: first.body });
  expect(second.headers['idempotency-replayed']).toBe('true');
  expect((await act('other')).body.acts).toBe(first.body.acts + 1);
});

test('quotes around the key are the notation of the standard, not part of it', async () => {
  expect((await act('"quoted"')).body).toEqual((await act('quoted')).body);
});

test('the same key with another body is refused', async () => {
  await act('reused');
  expect(await act('reused', { name: 'b' })).toMatchObject({
    status: 422,
    body: { code: 'idempotency_key_reused' },
  });
});

test('the same key from another caller is another call', async () => {
  await act('mine');
  const as = await addKey();
  const options = { as, body: { name: 'a' }, headers: { 'idempotency-key': 'mine' } };
  expect((await call('POST', '/acts', options)).status).toBe(422);
});

test('keys of two workspaces have nothing to do with each other', async () => {
  const other = await addWorkspace('other');
  const as = await addKey({ workspaceId: other.id });
  const first = await act('both');
  const options = { as, body: { name: 'a' }, headers: { 'idempotency-key': 'both' } };
  expect((await call('POST', '/acts', options)).body.acts).toBe(first.body.acts + 1);
});

test('a repeat that overtakes the first call is told to wait', async () => {
  const gate = Promise.withResolvers<void>();
  outside.gate = gate.promise;
  outside.reached = Promise.withResolvers();
  const first = act('racing');
  await outside.reached.promise;
  const repeat = await act('racing');
  expect(repeat).toMatchObject({ status: 409, body: { code: 'request_in_flight' } });
  expect(repeat.headers['retry-after']).toBe('1');
  gate.resolve();
  expect((await first).status).toBe(201);
  expect((await act('racing')).status).toBe(201);
});

test('a hundred calls at once are one act', async () => {
  const before = outside.acts;
  const answers = await Promise.all(Array.from({ length: 100 }, () => act('hundred')));
  expect(outside.acts).toBe(before + 1);
  expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
});

test('a refusal is kept; a failure of ours frees the key', async () => {
  outside.fail = new Problem('conflict', { detail: 'Not now.' });
  expect((await act('refused')).status).toBe(409);
  outside.fail = new Problem('unavailable');
  expect((await act('failed')).status).toBe(503);
  outside.fail = undefined;
  expect(await act('refused')).toMatchObject({ status: 409, body: { detail: 'Not now.' } });
  expect((await act('failed')).status).toBe(201);
});

test('a call that does not fit its schema does not use the key', async () => {
  expect((await act('early', { name: 5 })).status).toBe(400);
  expect((await act('early')).status).toBe(201);
});

test('an answer with a secret is not kept', async () => {
  const headers = { 'idempotency-key': 'secret' };
  expect((await call('POST', '/secrets', { headers })).body).toEqual({ token: 'hush' });
  expect(await call('POST', '/secrets', { headers })).toMatchObject({
    status: 409,
    body: { code: 'answer_not_kept' },
  });
  const { rows } = await pool.query('select answer::text from idempotency_keys where key = $1', [
    'secret',
  ]);
  expect(JSON.stringify(rows)).not.toContain('hush');
});

test('a key left by a process that died can be used again after two minutes', async () => {
  const gate = Promise.withResolvers<void>();
  outside.gate = gate.promise;
  outside.reached = Promise.withResolvers();
  const dying = act('abandoned');
  await outside.reached.promise;
  outside.gate = Promise.resolve();
  expect((await act('abandoned')).status).toBe(409);
  clock.advance(2 * 60_000 + 1);
  expect((await act('abandoned')).status).toBe(201);
  gate.resolve();
  await dying;
});

test('a call whose item is not applied yet answers 503, and its repeat waits for the same item', async () => {
  const headers = { 'idempotency-key': 'item' };
  const late = await call('POST', '/items', { headers });
  expect(late).toMatchObject({ status: 503, body: { code: 'not_yet_applied' } });
  expect(late.headers['retry-after']).toBe('2');
  expect((await call('POST', '/items', { headers })).status).toBe(503);
  expect(outside.appended).toHaveLength(1);
  outside.applied.set(outside.appended[0] as string, 'done');
  expect((await call('POST', '/items', { headers })).body).toEqual({ outcome: 'done' });
  outside.applied.clear();
  expect((await call('POST', '/items', { headers })).body).toEqual({ outcome: 'done' });
  expect(outside.appended).toHaveLength(1);
});

test('a call whose item could not be appended leaves no trace, and its repeat appends one', async () => {
  const headers = { 'idempotency-key': 'rolled-back' };
  const before = outside.appended.length;
  outside.fail = new Problem('unavailable');
  expect((await call('POST', '/items', { headers })).status).toBe(503);
  outside.fail = undefined;
  const repeat = await call('POST', '/items', { headers });
  expect(repeat).toMatchObject({ status: 503, body: { code: 'not_yet_applied' } });
  expect(outside.appended).toHaveLength(before + 1);
});

test('a key that no header may hold is refused', async () => {
  expect((await act('x'.repeat(256))).status).toBe(400);
  expect((await act('')).status).toBe(400);
});

test('answers are forgotten after a day', async () => {
  const first = await act('old');
  clock.advance(24 * 60 * 60_000);
  await forgetIdempotencyKeys(pool, { before: clock.now() });
  expect((await act('old')).body.acts).toBeGreaterThan(first.body.acts);
});
