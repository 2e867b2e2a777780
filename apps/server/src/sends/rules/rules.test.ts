import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../db/index.ts';
import { testApp } from '../../http/test-app.ts';
import { initialiseInstallation } from '../../slots/index.ts';
import { decideSends } from '../decide-sends.ts';
import { sendRoutes } from '../index.ts';
import { testRenderPool } from '../senders/test-senders.ts';
import { createWorld, NOW, requestFor, TEST_SLOTS } from '../test-world.ts';
import { createEgress } from '../../egress/index.ts';

const renderPool = testRenderPool();
const egress = createEgress({ allow: [] });
afterAll(() => renderPool.close());
const { call, pool, workspace, addWorkspace, addKey, clock } = await testApp({
  routes: ({ box, pool }) =>
    sendRoutes({ box, egress, pool, renderPool, slots: TEST_SLOTS, clock: () => NOW }),
});
await initialiseInstallation(pool, { slots: TEST_SLOTS, now: NOW });
const world = createWorld(pool);
const workspaceId = workspace.id;
const HOUR = 3_600_000;

const draft = {
  kind: 'cap',
  most: 2,
  window: { type: 'rolling', n: 1, unit: 'day' },
  tags: ['Sale'],
  channels: ['email'],
};

beforeEach(() => pool.query(`delete from frequency_rules`));

describe('rules', () => {
  test('are made, listed, changed and removed, and each change is in the audit', async () => {
    const made = await call('POST', '/frequency-rules', { body: draft });
    expect(made).toMatchObject({
      status: 201,
      body: { ...draft, key: 'cap-1', counts: 'marketing', when_reached: 'refuse', enabled: true },
    });
    const { id } = made.body;
    const changed = await call('PATCH', `/frequency-rules/${id}`, {
      body: { enabled: false, tags: ['Sale', 'News'] },
    });
    expect(changed.body).toMatchObject({ ...draft, enabled: false, tags: ['News', 'Sale'] });
    expect((await call('GET', '/frequency-rules')).body.items).toEqual([changed.body]);
    expect((await call('DELETE', `/frequency-rules/${id}`)).status).toBe(204);
    expect((await call('GET', '/frequency-rules')).body.items).toEqual([]);
    const { rows } = await pool.query(
      `select action from audit where object_kind = 'frequency_rule' and object_id = $1 order by id`,
      [id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'frequency_rule.create',
      'frequency_rule.change',
      'frequency_rule.delete',
    ]);
  });

  test.each([
    ['a window of no length', { window: { type: 'rolling', n: 0, unit: 'day' } }, 400, '/window/n'],
    [
      'a gap of the calendar',
      { kind: 'gap', window: { type: 'calendar', unit: 'day' } },
      400,
      '/window',
    ],
    ['a gap of two', { kind: 'gap', most: 2 }, 400, '/window'],
    ['an unknown channel', { channels: ['email', 'pigeon'] }, 422, '/channels/1'],
    ['an unknown category', { categories: ['nothing'] }, 422, '/categories/0'],
    ['no message at all', { most: 0 }, 400, '/most'],
  ])('are refused with %s, and told where', async (_name, wrong, status, path) => {
    const answer = await call('POST', '/frequency-rules', { body: { ...draft, ...wrong } });
    expect(answer.status).toBe(status);
    expect(answer.body.errors[0].path).toBe(path);
  });

  test('are checked as a whole when a part is changed', async () => {
    const { body } = await call('POST', '/frequency-rules', { body: draft });
    const answer = await call('PATCH', `/frequency-rules/${body.id}`, { body: { kind: 'gap' } });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: '/window' }] } });
  });

  test('of another workspace are not there, and those who may not change settings cannot', async () => {
    const { body } = await call('POST', '/frequency-rules', { body: draft });
    const other = await addWorkspace('elsewhere');
    const as = await addKey({ workspaceId: other.id, rights: ['settings.write'] });
    for (const method of ['PATCH', 'DELETE'] as const) {
      const request = { as, ...(method === 'PATCH' && { body: { most: 9 } }) };
      expect((await call(method, `/frequency-rules/${body.id}`, request)).status).toBe(404);
    }
    const reader = await addKey({ rights: ['contacts.read'] });
    expect((await call('POST', '/frequency-rules', { as: reader, body: draft })).status).toBe(403);
  });
});

describe('a preview', () => {
  async function sendAt(
    contactId: number,
    hours: readonly number[],
    parts: { transactional?: boolean } = {},
  ) {
    for (const hour of hours) {
      const now = new Date(clock.now().getTime() - hour * HOUR);
      const request = requestFor({ workspaceId, contactId, messageId, at: now, ...parts });
      await inTransaction(pool, (tx) => decideSends(tx, { requests: [request], now }));
    }
  }
  let messageId: number;
  let people = 0;
  const person = () => world.contact({ workspaceId, email: `v${(people += 1)}@home.example` });
  const preview = async (body: object) =>
    (await call('POST', '/frequency-rules/preview', { body })).body;
  const oneADay = { kind: 'cap', most: 1, window: { type: 'rolling', n: 24, unit: 'hour' } };

  beforeEach(async () => {
    await pool.query(`delete from sends`);
    messageId = await world.message({ workspaceId });
  });

  test('counts exactly what the past week would have lost', async () => {
    const [ann, bob, cyd] = [await person(), await person(), await person()];
    // The oldest is before the week and counts, but is not judged.
    await sendAt(ann, [170, 160, 100, 90, 50]);
    await sendAt(bob, [40, 39, 38, 10]);
    await sendAt(cyd, [20]);
    expect(await preview(oneADay)).toMatchObject({ messages: 9, kept_back: 4, contacts: 2 });
  });

  test('counts transactional ones where the rule does, and never keeps them back', async () => {
    const ann = await person();
    await sendAt(ann, [30], { transactional: true });
    await sendAt(ann, [20]);
    expect(await preview(oneADay)).toMatchObject({ messages: 1, kept_back: 0 });
    expect(await preview({ ...oneADay, counts: 'all' })).toMatchObject({
      messages: 1,
      kept_back: 1,
    });
  });

  test('is about the channels and tags of the rule, and makes no tags', async () => {
    await sendAt(await person(), [20, 10]);
    expect(await preview({ ...oneADay, channels: ['sms'] })).toMatchObject({ messages: 0 });
    expect(await preview({ ...oneADay, tags: ['Unheard'] })).toMatchObject({
      messages: 0,
      kept_back: 0,
    });
    const { rows } = await pool.query(`select 1 from tags where name = 'Unheard'`);
    expect(rows).toEqual([]);
  });

  test('says what a real rule then does', async () => {
    const contacts = [await person(), await person()];
    const hours = [120, 110, 101, 80, 79, 50, 30, 3];
    for (const contact of contacts) await sendAt(contact, hours);
    const rule = { kind: 'cap', most: 2, window: { type: 'rolling', n: 36, unit: 'hour' } };
    const told = await preview(rule);
    await pool.query(`delete from sends`);
    await call('POST', '/frequency-rules', { body: rule });
    for (const contact of contacts) await sendAt(contact, hours);
    const { rows } = await pool.query(
      `select count(*)::int as n from sends where decision = 'refused'`,
    );
    expect(told).toMatchObject({ messages: 16, kept_back: rows[0]!['n'] });
    expect(told.kept_back).toBeGreaterThan(0);
  });
});
