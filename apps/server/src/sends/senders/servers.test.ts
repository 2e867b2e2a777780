import { startScriptedSmtpServer } from '@perennial/channels/scripted-smtp-server';
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { inTransaction } from '../../db/index.ts';
import { testDatabase } from '../../db/test-database.ts';
import { decideSends } from '../decide-sends.ts';
import { requestFor } from '../test-world.ts';
import { createDeliveryKeys } from './delivery-key.ts';
import { plannedWorld, testBox, testRenderPool, type StandingClock } from './test-senders.ts';

const { pool } = await testDatabase();
const renderPool = testRenderPool();
afterAll(() => renderPool.close());
const { world, begin, plan, delivery, told, sandboxMessage, senders, smtp } = await plannedWorld({
  pool,
  renderPool,
});

let workspaceId: number;
let messageId: number;
let clock: StandingClock;

beforeEach(async () => {
  ({ workspaceId, messageId, clock } = await begin());
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

  test('with a return address is given one for each delivery, whose key names it', async () => {
    const server = await smtp({ bounce_address: 'bounces@in.shop.example' });
    const { deliveryId } = await plan();
    await (await senders()).drain();
    const [returnPath] = server.returnPaths;
    expect(returnPath).toMatch(/^bounces\+[0-9a-z_]{17,40}@in\.shop\.example$/);
    const key = returnPath!.slice('bounces+'.length).split('@')[0]!;
    expect(createDeliveryKeys(testBox).read(key)).toBe(deliveryId);
    expect(server.accepted[0]).toMatch(/^Message-ID: <[0-9a-z_]+@/m);
    expect(server.accepted[0]).not.toContain('in.shop.example');
  });

  test('gets hundreds, each once, from two senders', async () => {
    // A line that rests for longer than this on a busy machine would be opened anew.
    const server = await smtp({ max_connections: 4, socket_timeout_ms: 10_000 });
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

  test('whose mailbox is full for good is left alone for a day, then two; a delivery forgives', async () => {
    const server = await smtp();
    const { contactId, email } = await plan();
    const block = async () => {
      const { rows } = await pool.query(
        `select reason, strikes, until from suppressions where workspace_id = $1 and address = $2`,
        [workspaceId, email],
      );
      return rows;
    };
    const days = (n: number) => new Date(clock.now().getTime() + n * 86_400_000);
    const again = () =>
      inTransaction(pool, (tx) =>
        decideSends(tx, {
          requests: [requestFor({ workspaceId, contactId, messageId, at: clock.now() })],
          now: clock.now(),
        }),
      );
    const sender = await senders();
    server.departAt('rcpt', '552 5.2.2 mailbox full');
    await sender.drain();
    expect(await block()).toEqual([{ reason: 'blocked', strikes: 1, until: days(1) }]);
    expect(await again()).toMatchObject([{ decision: 'refused', reason: 'blocked' }]);
    clock.advance(86_400_000);
    await sender.beat();
    await again();
    await sender.drain();
    expect(await block()).toEqual([{ reason: 'blocked', strikes: 2, until: days(2) }]);
    clock.advance(2 * 86_400_000);
    await sender.beat();
    server.departAt(undefined);
    await again();
    await sender.drain();
    expect(await block()).toEqual([]);
  });

  test('whose mailbox is full for now is asked again for days, and only then blocked', async () => {
    const server = await smtp();
    const { deliveryId, email } = await plan();
    const sender = await senders();
    const blocks = async () =>
      (await pool.query(`select 1 from suppressions where address = $1`, [email])).rows.length;
    server.departAt('rcpt', '452 4.2.2 mailbox full');
    await sender.drain();
    expect(await delivery(deliveryId)).toMatchObject({ state: 'planned', reason: 'mailbox full' });
    expect(await blocks()).toBe(0);
    clock.advance(5 * 86_400_000);
    await sender.beat();
    await sender.drain();
    expect(await delivery(deliveryId)).toMatchObject({
      state: 'failed',
      reason: 'gave up: mailbox full',
    });
    expect(await blocks()).toBe(1);
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

  test('gets the others when one of them cannot be rendered at all', async () => {
    const server = await smtp();
    const gone = await world.message({ workspaceId });
    const stuck = await plan({ messageId: gone });
    await pool.query(`delete from message_versions where message_id = $1`, [gone]);
    await Promise.all([plan(), plan(), plan()]);
    const sender = await senders();
    await sender.drain();
    expect(server.accepted).toHaveLength(3);
    expect(await delivery(stuck.deliveryId)).toMatchObject({ state: 'planned', attempts: 0 });
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
