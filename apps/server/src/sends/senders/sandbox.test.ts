import PostalMime from 'postal-mime';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { inTransaction } from '../../db/index.ts';
import { testDatabase } from '../../db/test-database.ts';
import { decodeStamped } from '../../inbox/index.ts';
import type { RenderBatch } from '../../messages/index.ts';
import { cancelDeliveries } from '../cancel-deliveries.ts';
import { TEST_SLOTS } from '../test-world.ts';
import { plannedWorld, testRenderPool, testSenders, type StandingClock } from './test-senders.ts';

const { pool } = await testDatabase();
const renderPool = testRenderPool();
afterAll(() => renderPool.close());
const { world, begin, plan, delivery, told, sandboxMessage, senders } = await plannedWorld({
  pool,
  renderPool,
});

let workspaceId: number;
let clock: StandingClock;

beforeEach(async () => {
  ({ workspaceId, clock } = await begin());
});

describe('the sandbox', () => {
  test('keeps the message as it would have been received, and tells the slot', async () => {
    const { deliveryId, contactId, sendId, email } = await plan();
    await (await senders()).drain();
    expect(await delivery(deliveryId)).toMatchObject({
      state: 'accepted',
      status: 'delivered',
      due_at: null,
      attempts: 1,
      claimed_by: null,
      provider_id: null,
    });
    const message = await sandboxMessage(deliveryId);
    expect(message).toMatchObject({ address: email, content: { subject: 'Hi Ann' } });
    const mail = await PostalMime.parse(message!['raw'] as Buffer);
    expect(mail).toMatchObject({
      subject: 'Hi Ann',
      from: { name: 'Shop' },
      to: [{ address: email }],
    });
    expect(mail.html).toMatch(/^<p>pro <a href="https:\/\/news\.example\/r\//);
    expect(await told()).toMatchObject([
      { kind: 'delivery', contactId, sendId, deliveryId, status: 'delivered' },
    ]);
  });

  test.each([
    ['is told of', 0],
    ['falls due by itself', 60_000],
  ])('gets what somebody waits for and %s while much is rendered', async (_, dueInMs) => {
    for (let n = 0; n < 20; n += 1) await plan();
    const rendering = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const slow = {
      ...renderPool,
      async render(batch: RenderBatch) {
        if (!batch.urgent) {
          begun.resolve();
          await rendering.promise;
        }
        return renderPool.render(batch);
      },
    };
    const { pass, wake } = await testSenders({ pool, renderPool: slow, clock });
    const passing = pass();
    await begun.promise;
    const at = new Date(clock.now().getTime() + dueInMs);
    const urgent = await plan({ transactional: true, at });
    if (dueInMs === 0) wake();
    clock.advance(dueInMs);
    const arrived = async (): Promise<boolean> =>
      (await delivery(urgent.deliveryId))['state'] === 'accepted';
    await vi.waitUntil(arrived, { timeout: 20_000 });
    const { rows } = await pool.query<{ n: number }>(
      `select count(*)::integer as n from sandbox_messages where workspace_id = $1`,
      [workspaceId],
    );
    expect(rows).toEqual([{ n: 1 }]);
    rendering.resolve();
    expect(await passing).toBe(21);
  });

  test('gets messages of every channel', async () => {
    const push = await world.message({
      workspaceId,
      channel: 'mobile_push',
      content: { en: { title: 'Hi {{ contact.first_name }}', body: 'b', ttl_seconds: 9 } },
    });
    const contactId = await world.contact({ workspaceId, fields: { first_name: 'Bo' } });
    await world.device({ workspaceId, contactId, deviceId: 'd', pushToken: `t${contactId}` });
    const { deliveryId } = await plan({ contactId, messageId: push, channel: 'mobile_push' });
    await (await senders()).drain();
    expect(await sandboxMessage(deliveryId)).toMatchObject({
      address: `t${contactId}`,
      raw: null,
      content: { title: 'Hi Bo', body: 'b', ttl_seconds: 9 },
    });
  });

  test('gets each message once from two senders that look at once', async () => {
    const planned = await Promise.all(Array.from({ length: 30 }, () => plan()));
    const [a, b] = [await senders(), await senders()];
    await Promise.all([a.drain(), b.drain()]);
    expect([...a.errors, ...b.errors]).toEqual([]);
    const { rows } = await pool.query(
      `select delivery_id from sandbox_messages where workspace_id = $1`,
      [workspaceId],
    );
    expect(rows).toHaveLength(30);
    expect(new Set(rows.map((row) => row['delivery_id']))).toEqual(
      new Set(planned.map(({ deliveryId }) => deliveryId)),
    );
    const reports = (await told()).filter((item) => item.kind === 'delivery');
    expect(reports).toHaveLength(30);
  });

  test('is not kept from its messages by one that cannot be handled', async () => {
    const gone = await world.message({ workspaceId });
    const stuck = await plan({ messageId: gone });
    await pool.query(`delete from message_versions where message_id = $1`, [gone]);
    const other = await plan();
    const sender = await senders();
    await sender.drain();
    expect(await delivery(other.deliveryId)).toMatchObject({ state: 'accepted' });
    expect(await delivery(stuck.deliveryId)).toMatchObject({
      state: 'planned',
      due_at: new Date(clock.now().getTime() + 30_000),
    });
    expect(sender.errors).toMatchObject([{ message: expect.stringContaining('no version') }]);
  });

  test('sends nothing before its time', async () => {
    const { deliveryId } = await plan({ at: new Date(clock.now().getTime() + 60_000) });
    const sender = await senders();
    await sender.drain();
    expect(await delivery(deliveryId)).toMatchObject({ state: 'planned' });
    clock.advance(60_000);
    await sender.drain();
    expect(await delivery(deliveryId)).toMatchObject({ state: 'accepted' });
  });

  test('keeps what came too late for its send hours until the next ones, and its place with it', async () => {
    const sendHours = { from: '09:00', to: '10:00' };
    await world.settings(workspaceId, { send_hours: sendHours, release_minutes: 0 });
    const { deliveryId, sendId } = await plan();
    const inTime = await plan({ transactional: true });
    clock.advance(45 * 60_000);
    const sender = await senders();
    await sender.drain();
    const tomorrow = new Date('2026-03-02T09:00:00Z');
    expect(await delivery(deliveryId)).toMatchObject({
      state: 'planned',
      status: 'queued',
      reason: 'send hours',
      due_at: tomorrow,
    });
    const { rows } = await pool.query(`select counts_at from sends where id = $1`, [sendId]);
    expect(rows).toEqual([{ counts_at: tomorrow }]);
    expect(await delivery(inTime.deliveryId)).toMatchObject({ state: 'accepted' });
    clock.advance(tomorrow.getTime() - clock.now().getTime());
    await sender.drain();
    expect(await delivery(deliveryId)).toMatchObject({ state: 'accepted' });
  });

  test('lets expire what would live no longer than until its next send hours', async () => {
    await world.settings(workspaceId, { send_hours: { from: '09:00', to: '10:00' } });
    const { deliveryId } = await plan({ terms: { ttl: { n: 3, unit: 'hour' } } });
    clock.advance(45 * 60_000);
    await (await senders()).drain();
    expect(await delivery(deliveryId)).toMatchObject({ state: 'expired', status: 'expired' });
  });

  test('a rendering that fails is told with its place, and is not tried again', async () => {
    const broken = await world.message({
      workspaceId,
      content: {
        en: { subject: 'x', html: 'a\n{% for i in (1..999999999999) %}x{% endfor %}', text: 'x' },
      },
    });
    const { deliveryId } = await plan({ messageId: broken });
    await (await senders()).drain();
    expect(await delivery(deliveryId)).toMatchObject({
      state: 'failed',
      status: 'undelivered',
      reason: 'rendering',
      provider_answer: expect.stringMatching(/^\/html, line 2: .*\{% for i in/),
    });
    expect(await told()).toMatchObject([{ status: 'undelivered', reason: 'rendering' }]);
  });
});

describe('what changed since it was planned stops it', () => {
  const reasonOf = async (
    change: (planned: Awaited<ReturnType<typeof plan>>) => Promise<unknown>,
    parts = {},
  ) => {
    const planned = await plan(parts);
    await change(planned);
    await (await senders()).drain();
    const { status, reason, state } = await delivery(planned.deliveryId);
    expect(await sandboxMessage(planned.deliveryId)).toEqual(
      state === 'accepted' ? expect.anything() : undefined,
    );
    return state === 'accepted' ? 'accepted' : `${status}: ${reason}`;
  };

  test('an unsubscribe', async () => {
    expect(
      await reasonOf(({ email }) =>
        world.suppress({ workspaceId, address: email, reason: 'unsubscribed' }),
      ),
    ).toBe('cancelled: unsubscribed');
    expect(await told()).toMatchObject([{ status: 'cancelled', reason: 'unsubscribed' }]);
  });

  test('an unsubscribe, but not what is owed', async () => {
    const suppress = ({ email }: { email: string }) =>
      world.suppress({ workspaceId, address: email, reason: 'unsubscribed' });
    expect(await reasonOf(suppress, { transactional: true })).toBe('accepted');
  });

  test('a deletion of the contact', async () => {
    expect(
      await reasonOf(({ contactId }) =>
        pool.query(`update contacts set deleted_at = $2 where id = $1`, [contactId, clock.now()]),
      ),
    ).toBe('cancelled: deleted');
  });

  test('a withdrawn consent', async () => {
    expect(
      await reasonOf(({ contactId }) =>
        pool.query(`update addresses set state = 'unconfirmed' where contact_id = $1`, [contactId]),
      ),
    ).toBe('cancelled: unconfirmed');
  });

  test('another address', async () => {
    expect(
      await reasonOf(({ contactId }) =>
        pool.query(`update contacts set email = 'new@home.example' where id = $1`, [contactId]),
      ),
    ).toBe('cancelled: address changed');
  });

  test('the end of its time to live', async () => {
    expect(
      await reasonOf(({ deliveryId }) =>
        pool.query(`update deliveries set expires_at = $2 where id = $1`, [
          deliveryId,
          clock.now(),
        ]),
      ),
    ).toBe('expired: time to live is over');
  });

  test('the end of its run', async () => {
    const stop = ({ contactId }: { contactId: number }) =>
      inTransaction(pool, (tx) =>
        cancelDeliveries(tx, {
          runs: [{ contactId, runId: 5 }],
          reason: 'stopped',
          now: clock.now(),
        }),
      );
    expect(await reasonOf(stop, { runId: 5 })).toBe('cancelled: stopped');
  });
});

test('the slots that senders tell are those of the contacts', async () => {
  const { contactId } = await plan();
  await (await senders()).drain();
  const { rows } = await pool.query<{ slot: number; payload: Buffer }>(
    `select slot, payload from slot_queue`,
  );
  const mine = rows.find(({ payload }) =>
    decodeStamped(payload).some((entry) => entry.contactId === contactId),
  );
  expect(mine?.slot).toBe(contactId % TEST_SLOTS);
});
