import { expect, test } from 'vitest';
import { testApp } from '../http/test-app.ts';
import { createInbox, LANES, type InboxItem } from '../inbox/index.ts';
import { deadEventRoutes } from './routes.ts';
import { testPipeline } from './test-pipeline.ts';

const app = await testApp({
  routes: () => deadEventRoutes({ clock: () => app.clock.now() }),
});
const { call, pool, workspace, clock } = app;
const { drain } = await testPipeline(pool, { clock: clock.now });

/** What cannot be stored as it is, once: PostgreSQL holds no NUL. */
function unstorable(user: string): InboxItem {
  return {
    kind: 'event',
    ids: [['external_id', user]],
    at: clock.now().getTime(),
    source: 'sdk',
    event: 'Trained',
    params: { note: 'a\u0000b', email: 'ada@example.com' },
    ownTime: true,
    createContact: true,
  };
}

/** Two external IDs never become one by rule, however often it is tried. */
function conflict(): InboxItem[] {
  const at = clock.now().getTime();
  return [
    { kind: 'identify', ids: [['external_id', 'u1']], at, source: 'sdk', fields: {} },
    { kind: 'identify', ids: [['external_id', 'u2']], at, source: 'sdk', fields: {} },
    {
      kind: 'alias',
      ids: [['external_id', 'u2']],
      previous: ['external_id', 'u1'],
      at,
      source: 'sdk',
    },
  ];
}

async function send(items: InboxItem[], workspaceId = workspace.id): Promise<void> {
  const inbox = createInbox({ pool, clock: clock.now });
  await inbox.append({ workspaceId, lane: LANES.stream, items });
  await inbox.close();
  await drain();
}

async function deadOnes(): Promise<{ id: string; reason: string }[]> {
  return (await call('GET', '/dead_events')).body.items;
}

async function clear(): Promise<void> {
  await pool.query(`truncate dead_events`);
}

test('lists what could not be applied, with what was sent and why', async () => {
  await send([unstorable('u3'), ...conflict()]);
  const { body } = await call('GET', '/dead_events');
  expect(body.items).toMatchObject([
    { stage: 'apply', kind: 'event', reason: 'database_22P05', item: { event: 'Trained' } },
    { stage: 'resolve', kind: 'alias', reason: 'external_id_conflict', contact: null },
  ]);
  expect(body.items[0].contact).toMatch(/^\d+$/);
  expect(body.reasons).toEqual([
    { reason: 'database_22P05', count: 1 },
    { reason: 'external_id_conflict', count: 1 },
  ]);
  const one = await call('GET', '/dead_events?limit=1&reason=external_id_conflict');
  expect(one.body.items).toHaveLength(1);
  await clear();
});

test('a retried one whose cause is gone is applied, with its external ID, and leaves the list', async () => {
  await send([unstorable('u4')]);
  const [dead] = await deadOnes();
  const { body } = await call('POST', '/dead_events/retry', { body: { ids: [dead!.id] } });
  expect(body).toEqual({ handled: 1, remaining: 0 });
  await drain();
  const { rows } = await pool.query(
    `select c.external_id, e.params ->> 'note' as note
       from contacts c join events e on e.contact_id = c.id
      where c.external_id = 'u4' and e.params ? 'note'`,
  );
  expect(rows).toEqual([{ external_id: 'u4', note: 'a\ufffdb' }]);
  expect(await deadOnes()).toEqual([]);
});

test('half a character is no reason to die twice', async () => {
  const half = unstorable('u8');
  await send([{ ...half, params: { note: 'a\ud800b' } } as InboxItem]);
  const [dead] = await deadOnes();
  await call('POST', '/dead_events/retry', { body: { ids: [dead!.id] } });
  await drain();
  const { rows } = await pool.query(
    `select e.params ->> 'note' as note
       from contacts c join events e on e.contact_id = c.id
      where c.external_id = 'u8' and e.params ? 'note'`,
  );
  expect(rows).toEqual([{ note: 'a\ufffdb' }]);
  expect(await deadOnes()).toEqual([]);
});

test('a retried one whose cause remains comes back under another ID, once', async () => {
  await send(conflict());
  const [before] = await deadOnes();
  await call('POST', '/dead_events/retry', { body: { all: true } });
  expect(await deadOnes()).toEqual([]);
  await drain();
  const after = await deadOnes();
  expect(after).toMatchObject([{ reason: 'external_id_conflict' }]);
  expect(after[0]!.id).not.toBe(before!.id);
  await clear();
});

test('a retry takes the lane by which it came', async () => {
  await send(conflict());
  await call('POST', '/dead_events/retry', { body: { all: true } });
  const { rows } = await pool.query(`select lane, n from inbox`);
  expect(rows).toEqual([{ lane: LANES.stream, n: 1 }]);
  await drain();
  await clear();
});

test('what is given up is gone, and the audit knows who did it', async () => {
  await send([...conflict(), unstorable('u5')]);
  const [first, second] = await deadOnes();
  expect((await call('DELETE', `/dead_events/${first!.id}`)).status).toBe(204);
  expect((await call('DELETE', `/dead_events/${first!.id}`)).status).toBe(404);
  const reason = { all: true, reason: second!.reason };
  const { body } = await call('POST', '/dead_events/delete', { body: reason });
  expect(body).toEqual({ handled: 1, remaining: 0 });
  expect(await deadOnes()).toEqual([]);
  const { rows } = await pool.query(
    `select object_id, before from audit where action = 'dead_event.delete' order by id`,
  );
  expect(rows).toMatchObject([
    { object_id: first!.id, before: { count: 1 } },
    { object_id: second!.id, before: { first: [{ reason: 'external_id_conflict' }] } },
  ]);
});

test('roles that may not see personal data see the reason and not the item', async () => {
  await send([unstorable('u6')]);
  const as = await app.logIn('marketer_without_contact_data');
  const { body } = await call('GET', '/dead_events', { as });
  expect(body.items).toMatchObject([{ reason: 'database_22P05', item: null }]);
  expect(JSON.stringify(body)).not.toContain('ada@example.com');
  await clear();
});

test("another workspace's dead events are neither seen nor touched", async () => {
  await send([unstorable('u7')]);
  const [dead] = await deadOnes();
  const other = await app.addWorkspace('other');
  const as = await app.addKey({ workspaceId: other.id });
  expect((await call('GET', '/dead_events', { as })).body.items).toEqual([]);
  const ids = { ids: [dead!.id] };
  const { body } = await call('POST', '/dead_events/retry', { as, body: ids });
  expect(body).toEqual({ handled: 0, remaining: 0 });
  expect((await call('DELETE', `/dead_events/${dead!.id}`, { as })).status).toBe(404);
  expect(await deadOnes()).toHaveLength(1);
});
