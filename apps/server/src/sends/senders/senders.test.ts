import { startScriptedSmtpServer } from '@perennial/channels/scripted-smtp-server';
import PostalMime from 'postal-mime';
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { inTransaction } from '../../db/index.ts';
import { testDatabase } from '../../db/test-database.ts';
import { decodeStamped } from '../../inbox/index.ts';
import { initialiseInstallation } from '../../slots/index.ts';
import { cancelDeliveries } from '../cancel-deliveries.ts';
import { decideSends } from '../decide-sends.ts';
import type { SendRequest } from '../decision.ts';
import { createWorld, NOW, requestFor, TEST_SLOTS } from '../test-world.ts';
import {
  standingClock,
  testBox,
  testRenderPool,
  testSenders,
  type StandingClock,
} from './test-senders.ts';

const { pool } = await testDatabase();
const world = createWorld(pool);
await initialiseInstallation(pool, { slots: TEST_SLOTS, now: NOW });
const renderPool = testRenderPool();
afterAll(() => renderPool.close());

let workspaceId: number;
let messageId: number;
let clock: StandingClock;
let people = 0;

beforeEach(async () => {
  clock = standingClock();
  await pool.query(`delete from slot_queue`);
  workspaceId = await world.workspace();
  messageId = await world.message({
    workspaceId,
    content: {
      en: {
        subject: 'Hi {{ contact.first_name }}',
        html: '<p>{{ event.plan }} <a href="https://shop.example">x</a></p>',
        text: 'x',
      },
    },
  });
});

async function plan(parts: Partial<SendRequest> & { fields?: Record<string, string> } = {}) {
  const email = `p${(people += 1)}@home.example`;
  const { fields = { first_name: 'Ann' }, ...request } = parts;
  const contactId = request.contactId ?? (await world.contact({ workspaceId, email, fields }));
  const [decision] = await inTransaction(pool, (tx) =>
    decideSends(tx, {
      requests: [
        requestFor({
          workspaceId,
          contactId,
          messageId,
          context: { event: { plan: 'pro' } },
          at: clock.now(),
          ...request,
        }),
      ],
      now: clock.now(),
    }),
  );
  const { rows } = await pool.query<{ id: number }>(
    `select id from deliveries where send_id = $1`,
    [decision!.sendId],
  );
  return { contactId, email, sendId: decision!.sendId, deliveryId: rows[0]!.id };
}

async function delivery(id: number) {
  const { rows } = await pool.query(
    `select state, status, reason, due_at, attempts, claimed_by, provider_id, provider_ref, provider_answer, uncertain_at
       from deliveries where id = $1`,
    [id],
  );
  return rows[0]!;
}

/** What the slots' queues were told, oldest first; takes it out. */
async function told() {
  const { rows } = await pool.query<{ payload: Buffer; seq: number }>(
    `delete from slot_queue returning payload, seq`,
  );
  return rows
    .sort((a, b) => a.seq - b.seq)
    .flatMap(({ payload }) => decodeStamped(payload))
    .map(({ contactId, item }) => ({ contactId, ...item }));
}

async function sandboxMessage(deliveryId: number) {
  const { rows } = await pool.query(
    `select content, raw, address from sandbox_messages where delivery_id = $1`,
    [deliveryId],
  );
  return rows[0];
}

async function smtp(settings: object = {}) {
  const server = await startScriptedSmtpServer();
  onTestFinished(() => server.close());
  await pool.query(
    `insert into providers (workspace_id, channel, kind, name, settings, secrets, created_at, updated_at)
     values ($1, 'email', 'smtp', 'SMTP', $2, $3, $4, $4)`,
    [
      workspaceId,
      JSON.stringify({
        host: '127.0.0.1',
        port: server.port,
        security: 'none',
        user: 'u',
        from: 'Shop <hi@shop.example>',
        socket_timeout_ms: 300,
        greeting_timeout_ms: 300,
        connect_timeout_ms: 300,
        ...settings,
      }),
      testBox.seal(JSON.stringify({ password: 'p' })),
      clock.now(),
    ],
  );
  return server;
}

const senders = () => testSenders({ pool, renderPool, clock });

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
    expect(rows.map((row) => row['delivery_id']).sort()).toEqual(
      planned.map(({ deliveryId }) => deliveryId).sort(),
    );
    const reports = (await told()).filter((item) => item.kind === 'delivery');
    expect(reports).toHaveLength(30);
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

describe('a server', () => {
  test('gets the message, signed for in the database before and after', async () => {
    const server = await smtp();
    const { deliveryId } = await plan();
    await (await senders()).drain();
    expect(await delivery(deliveryId)).toMatchObject({
      state: 'accepted',
      status: 'sent',
      provider_ref: 'AB12',
      claimed_by: null,
    });
    expect(server.accepted).toHaveLength(1);
    expect(server.accepted[0]).toContain('Subject: Hi Ann');
    expect(await told()).toMatchObject([{ status: 'sent' }]);
  });

  test('gets hundreds, each once, from two senders', async () => {
    const server = await smtp({ max_connections: 4 });
    await Promise.all(Array.from({ length: 100 }, () => plan()));
    const [a, b] = [await senders(), await senders()];
    await Promise.all([a.drain(), b.drain()]);
    expect([...a.errors, ...b.errors]).toEqual([]);
    const recipients = server.accepted.map((mail) => /^To: (.*)\r$/m.exec(mail)?.[1]);
    expect(recipients).toHaveLength(100);
    expect(new Set(recipients).size).toBe(100);
    expect(server.connections()).toBeLessThanOrEqual(8);
  });

  test('that does not know the address: it is suppressed, and others with it', async () => {
    const server = await smtp();
    server.departAt('rcpt', '550 5.1.1 no such user');
    const { deliveryId, contactId, email } = await plan();
    await (await senders()).drain();
    expect(await delivery(deliveryId)).toMatchObject({
      state: 'failed',
      status: 'undelivered',
      reason: 'address unknown',
      provider_answer: expect.stringContaining('5.1.1'),
    });
    const { rows } = await pool.query(
      `select reason, details from suppressions where workspace_id = $1 and address = $2`,
      [workspaceId, email],
    );
    expect(rows).toEqual([{ reason: 'bounced', details: expect.stringContaining('5.1.1') }]);
    expect(await told()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'delivery', status: 'undelivered' }),
        expect.objectContaining({ kind: 'suppression', reason: 'bounced', contactId }),
      ]),
    );
    const [next] = await inTransaction(pool, (tx) =>
      decideSends(tx, {
        requests: [requestFor({ workspaceId, contactId, messageId, transactional: true })],
        now: clock.now(),
      }),
    );
    expect(next).toMatchObject({ decision: 'refused', reason: 'bounced' });
  });

  test('that says later is asked later, and in the end no more', async () => {
    const server = await smtp();
    server.departAt('rcpt', '450 4.2.0 greylisted');
    const { deliveryId } = await plan();
    const sender = await senders();
    await sender.drain();
    const first = await delivery(deliveryId);
    expect(first).toMatchObject({ state: 'planned', status: 'queued', attempts: 1 });
    expect(first['due_at'].getTime() - clock.now().getTime()).toBe(60_000);
    await sender.drain();
    expect((await delivery(deliveryId))['attempts']).toBe(1);
    clock.advance(60_000);
    await sender.drain();
    expect((await delivery(deliveryId))['attempts']).toBe(2);
    clock.advance(5 * 86_400_000);
    await sender.beat();
    await sender.drain();
    expect(await delivery(deliveryId)).toMatchObject({
      state: 'failed',
      status: 'undelivered',
      reason: 'gave up: temporary failure',
    });
  });

  test('that drops the line after the message: marketing is uncertain and never repeated', async () => {
    const server = await smtp();
    server.departAt('end', 'drop');
    const { deliveryId } = await plan();
    const sender = await senders();
    await sender.drain();
    expect(await delivery(deliveryId)).toMatchObject({
      state: 'uncertain',
      status: 'uncertain',
      due_at: null,
      uncertain_at: clock.now(),
    });
    server.departAt(undefined);
    clock.advance(3_600_000);
    await sender.drain();
    expect(server.accepted).toEqual([]);
    expect(await told()).toMatchObject([{ status: 'uncertain' }]);
  });

  test('that drops the line after the message: what is owed goes again with the same Message-ID', async () => {
    const server = await smtp();
    const { deliveryId } = await plan({ transactional: true });
    const sender = await senders();
    server.departAt('end', 'drop');
    await sender.drain();
    expect(await delivery(deliveryId)).toMatchObject({
      state: 'planned',
      uncertain_at: clock.now(),
    });
    server.departAt(undefined);
    clock.advance(60_000);
    await sender.drain();
    expect(await delivery(deliveryId)).toMatchObject({
      state: 'accepted',
      status: 'sent',
      uncertain_at: expect.any(Date),
    });
    const id = /^Message-ID: (.*)\r$/m.exec(server.accepted[0]!)?.[1];
    expect(id).toMatch(/^<[\w.]+@shop\.example>$/);
  });

  test('in trouble is left alone, tried with one message, and then gets all', async () => {
    const server = await smtp({ max_connections: 3 });
    server.departAt('greeting', 'drop');
    const planned = await Promise.all(Array.from({ length: 20 }, () => plan()));
    const sender = await senders();
    await sender.drain();
    const tries = server.connections();
    expect(tries).toBeLessThan(10);
    const { rows } = await pool.query(`select problem from providers where workspace_id = $1`, [
      workspaceId,
    ]);
    expect(rows[0]!['problem']).toMatch(/closed/i);
    await sender.drain();
    expect(server.connections()).toBe(tries);
    server.departAt(undefined);
    for (let i = 0; i < 5; i += 1) {
      clock.advance(20_000);
      await sender.beat();
      await sender.drain();
    }
    expect(server.accepted).toHaveLength(planned.length);
    const after = await pool.query(`select problem from providers where workspace_id = $1`, [
      workspaceId,
    ]);
    expect(after.rows[0]!['problem']).toBeNull();
  });

  test('whose settings changed is opened anew', async () => {
    const first = await smtp();
    await plan();
    const sender = await senders();
    await sender.drain();
    const second = await startScriptedSmtpServer();
    onTestFinished(() => second.close());
    await pool.query(
      `update providers set settings = jsonb_set(settings, '{port}', $2), updated_at = $3 where workspace_id = $1`,
      [workspaceId, String(second.port), new Date(clock.now().getTime() + 1)],
    );
    await plan();
    await sender.drain();
    expect([first.accepted.length, second.accepted.length]).toEqual([1, 1]);
  });

  test('set up so that nobody can read it keeps its messages waiting, with the reason', async () => {
    const server = await smtp();
    await pool.query(`update providers set secrets = 'v1.broken' where workspace_id = $1`, [
      workspaceId,
    ]);
    const { deliveryId } = await plan();
    await (await senders()).drain();
    expect(await delivery(deliveryId)).toMatchObject({ state: 'planned', attempts: 0 });
    expect(server.connections()).toBe(0);
    const { rows } = await pool.query(`select problem from providers where workspace_id = $1`, [
      workspaceId,
    ]);
    expect(rows[0]!['problem']).toMatch(/PERENNIAL_SECRET/);
  });

  test('never sees a test run of a workflow', async () => {
    const server = await smtp();
    const { deliveryId } = await plan({ test: true, runId: 9 });
    await (await senders()).drain();
    expect(await sandboxMessage(deliveryId)).toBeDefined();
    expect(server.accepted).toEqual([]);
  });
});

describe('a process that dies', () => {
  const takenBy = (processId: number, deliveryId: number) =>
    pool.query(
      `update deliveries set state = 'handed_over', due_at = null, claimed_by = $1, claimed_at = $3, attempts = 1
        where id = $2`,
      [processId, deliveryId, clock.now()],
    );

  test('leaves marketing uncertain and what is owed to be sent by another', async () => {
    const server = await smtp();
    const dead = await senders();
    const marketing = await plan();
    const owed = await plan({ transactional: true });
    await takenBy(dead.processId, marketing.deliveryId);
    await takenBy(dead.processId, owed.deliveryId);
    clock.advance(10_001);
    const other = await senders();
    await other.drain();
    expect(await delivery(marketing.deliveryId)).toMatchObject({ state: 'uncertain' });
    expect(await delivery(owed.deliveryId)).toMatchObject({
      state: 'planned',
      uncertain_at: clock.now(),
    });
    clock.advance(60_000);
    await other.beat();
    await other.drain();
    expect(await delivery(owed.deliveryId)).toMatchObject({ state: 'accepted', status: 'sent' });
    expect(server.accepted).toHaveLength(1);
  });

  test('is not declared dead while it beats', async () => {
    const alive = await senders();
    const { deliveryId } = await plan();
    await takenBy(alive.processId, deliveryId);
    clock.advance(9_000);
    await alive.beat();
    clock.advance(9_000);
    await (await senders()).drain();
    expect(await delivery(deliveryId)).toMatchObject({ state: 'handed_over' });
  });
});

test('a stop gives back what has not left', async () => {
  const server = await smtp({ max_connections: 1 });
  server.departAt('greeting', 'hang');
  const planned = await Promise.all(Array.from({ length: 5 }, () => plan()));
  const sender = await senders();
  await sender.pass();
  await sender.stop();
  const { rows } = await pool.query(
    `select distinct state, attempts from deliveries where id = any($1)`,
    [planned.map(({ deliveryId }) => deliveryId)],
  );
  expect(rows).toEqual([{ state: 'planned', attempts: 0 }]);
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
