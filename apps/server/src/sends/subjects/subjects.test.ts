import { afterAll, expect, test } from 'vitest';
import { inTransaction } from '../../db/index.ts';
import { createEgress } from '../../egress/index.ts';
import { testApp } from '../../http/test-app.ts';
import { initialiseInstallation } from '../../slots/index.ts';
import { decideSends } from '../decide-sends.ts';
import { sendRoutes } from '../index.ts';
import { standingClock, testRenderPool, testSenders } from '../senders/test-senders.ts';
import { createWorld, NOW, requestFor, TEST_SLOTS } from '../test-world.ts';

const renderPool = testRenderPool();
const egress = createEgress({ allow: [] });
afterAll(() => renderPool.close());
const { call, pool, workspace, addWorkspace, addKey } = await testApp({
  routes: ({ box, pool }) => [
    ...sendRoutes({ box, egress, pool, renderPool, slots: TEST_SLOTS, clock: () => NOW }),
  ],
});
await initialiseInstallation(pool, { slots: TEST_SLOTS, now: NOW });
const world = createWorld(pool);
const workspaceId = workspace.id;

const written = ['Hi {{ contact.first_name }}', 'Welcome', 'So glad, {{ contact.first_name }}'];
const filled = ['Hi Ann', 'Welcome', 'So glad, Ann'];
const content = {
  en: { subject: written[0]!, more_subjects: written.slice(1), html: '<p>Hello</p>' },
  uk: { subject: 'Вітаємо', html: '<p>Привіт</p>' },
};

let people = 0;
async function plan(messageId: number, { language = 'en' } = {}): Promise<number> {
  const contactId = await world.contact({
    workspaceId,
    email: `p${(people += 1)}@home.example`,
    fields: { first_name: 'Ann', language },
  });
  const [decision] = await inTransaction(pool, (tx) =>
    decideSends(tx, { requests: [requestFor({ workspaceId, contactId, messageId })], now: NOW }),
  );
  return decision!.sendId;
}

async function send(): Promise<void> {
  const senders = await testSenders({
    pool,
    renderPool,
    clock: standingClock(new Date('2026-03-02T11:00:00Z')),
  });
  await senders.drain();
  await senders.stop();
}

async function deliveryOf(sendId: number) {
  const { body } = await call('GET', `/sends/${sendId}`);
  return body.deliveries[0] as { id: string; subject: string; subject_choice: object | null };
}

test('each recipient gets one of the subjects, and the send says which', async () => {
  const messageId = await world.message({ workspaceId, content });
  const sendIds: number[] = [];
  for (let n = 0; n < 30; n += 1) sendIds.push(await plan(messageId));
  const chosen = new Set<number>();
  const planned = new Map<number, object | null>();
  for (const id of sendIds) planned.set(id, (await deliveryOf(id)).subject_choice);
  await send();
  for (const id of sendIds) {
    const { subject, subject_choice: choice, id: delivery } = await deliveryOf(id);
    const index = filled.indexOf(subject);
    expect(choice).toEqual({ index, text: written[index] });
    expect(choice, 'chosen before it left').toEqual(planned.get(id));
    const { body } = await call('GET', `/deliveries/${delivery}`);
    expect(body.content).toMatchObject({ subject });
    expect(body.content).not.toHaveProperty('more_subjects');
    chosen.add(index);
  }
  expect([...chosen].toSorted((a, b) => Number(a) - Number(b))).toEqual([0, 1, 2]);
});

test('a language with one subject chooses nothing', async () => {
  const messageId = await world.message({ workspaceId, content });
  const sendId = await plan(messageId, { language: 'uk' });
  await send();
  expect(await deliveryOf(sendId)).toMatchObject({ subject: 'Вітаємо', subject_choice: null });
});

test('a test gets the subject that was asked for, and only one that there is', async () => {
  const messageId = await world.message({ workspaceId, content });
  const ask = (more: object) =>
    call('POST', `/messages/${messageId}/test`, { body: { to: 'me@home.example', ...more } });
  const { body } = await ask({ subject: 2 });
  const plain = await ask({});
  await send();
  expect(await deliveryOf(Number(body.send))).toMatchObject({
    subject: 'So glad, ',
    subject_choice: { index: 2 },
  });
  expect(await deliveryOf(Number(plain.body.send))).toMatchObject({ subject: 'Hi ' });
  const { status, body: problem } = await ask({ subject: 3 });
  expect(status).toBe(422);
  expect(problem.errors).toMatchObject([{ path: '/subject' }]);
});

test('what became of subjects is told to their workspace, and to who may read reports', async () => {
  const messageId = await world.message({ workspaceId, content });
  await plan(messageId);
  await send();
  // What the pipeline writes when it hears of it.
  await pool.query(`update sends set status = 'sent' where message_id = $1`, [messageId]);
  const path = `/messages/${messageId}/subjects?from=2026-01-01T00:00:00Z`;
  const { body } = await call('GET', path);
  expect(body.subjects).toMatchObject([{ message: String(messageId), language: 'en', sent: 1 }]);
  const elsewhere = await addKey({ workspaceId: (await addWorkspace('elsewhere')).id });
  expect((await call('GET', path, { as: elsewhere })).status).toBe(404);
  const writer = await addKey({ rights: ['messages.write'] });
  expect((await call('GET', path, { as: writer })).status).toBe(403);
  expect((await call('GET', `/messages/${messageId}/subjects?from=soon`)).status).toBe(400);
});
