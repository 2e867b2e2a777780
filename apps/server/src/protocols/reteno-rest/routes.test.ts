import { expect, test } from 'vitest';
import { testRest } from './test-rest.ts';

const { newWorkspace, call, stall, advance, pipeline } = await testRest();

test('a body that cannot be unpacked is the mistake of its sender', async () => {
  const { key } = await newWorkspace();
  const answer = await call('POST /v3/event', {
    key,
    body: 'no gzip',
    headers: { 'content-encoding': 'gzip' },
  });
  expect(answer.status).toBe(400);
});

test('a body that is too large is refused with its limit', async () => {
  const { key } = await newWorkspace();
  const body = { eventTypeKey: 'E', params: { text: 'x'.repeat(21 * 1024) } };
  const answer = await call('POST /v3/event', { key, body });
  expect(answer).toMatchObject({ status: 400, body: 'The body is larger than 20 KB.' });
});

test('a call whose item is not applied in time is kept, and its repeat waits for the same item', async () => {
  const { key } = await newWorkspace();
  const body = { channels: [{ type: 'email', value: 'slow@example.com' }] };
  stall(true);
  const first = await call('POST /v1/contact', { key, body });
  expect(first).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
  const second = await call('POST /v1/contact', { key, body });
  expect(second.status).toBe(503);
  stall(false);
  await pipeline.drain();
  const answers = await Promise.all([1, 2].map(() => call('POST /v1/contact', { key, body })));
  const done = answers.filter(({ status }) => status === 200);
  expect(done.length).toBeGreaterThan(0);
  expect(answers.every(({ status }) => [200, 409].includes(status))).toBe(true);
  advance(1000);
  expect((await call('POST /v1/contact', { key, body })).status).toBe(409);
  const found = await call('GET /v1/contacts?email=slow@example.com', { key });
  expect(found.headers['totalcount']).toBe('1');
});

test('of identical calls at once all get the same contact', async () => {
  const { key } = await newWorkspace();
  const body = { channels: [{ type: 'email', value: 'twice@example.com' }] };
  const answers = await Promise.all([1, 2, 3].map(() => call('POST /v1/contact', { key, body })));
  const ids = answers
    .filter(({ status }) => status === 200)
    .map(({ body }) => (body as { id: number }).id);
  expect(new Set(ids).size).toBe(1);
});
