import { SMTPServer } from 'smtp-server';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { inTransaction } from '../../db/index.ts';
import { testDatabase } from '../../db/test-database.ts';
import { plannedWorld, testRenderPool } from '../senders/test-senders.ts';
import { writeLimits, listSlowdowns, type ReceivingLimit } from './limit-queries.ts';
import { receivingDomain } from './receiving-domain.ts';

const { pool } = await testDatabase();
const renderPool = testRenderPool();
afterAll(() => renderPool.close());
const { world, begin, plan, senders } = await plannedWorld({ pool, renderPool });

/** A relay that takes mail and passes on what domains say. */
async function relay() {
  const taken: string[] = [];
  const refused: string[] = [];
  /** By domain: what is said to the next recipients there. */
  const says = new Map<string, { code: number; words: string }>();
  let underWay = 0;
  let mostUnderWay = 0;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onRcptTo({ address }, _session, done) {
      const answer = says.get(receivingDomain(address));
      if (!answer) return done();
      refused.push(address);
      done(Object.assign(new Error(answer.words), { responseCode: answer.code }));
    },
    onData(stream, session, done) {
      underWay += 1;
      mostUnderWay = Math.max(mostUnderWay, underWay);
      stream.resume();
      stream.on('end', () => {
        // Others that may be under way come up meanwhile.
        setImmediate(() => {
          underWay -= 1;
          taken.push(session.envelope.rcptTo[0]!.address);
          done();
        });
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    taken,
    refused,
    says,
    mostUnderWay: () => mostUnderWay,
    takenAt: (domain: string) => taken.filter((address) => receivingDomain(address) === domain),
  };
}

let people = 0;

async function sending(limits: ReceivingLimit[]) {
  const { workspaceId, clock } = await begin();
  const server = await relay();
  await pool.query(
    `insert into providers (workspace_id, channel, kind, name, settings, created_at, updated_at)
     values ($1, 'email', 'smtp', 'Relay', $2, $3, $3)`,
    [
      workspaceId,
      { host: '127.0.0.1', port: server.port, security: 'none', from: 'hi@shop.example' },
      clock.now(),
    ],
  );
  await inTransaction(pool, (tx) => writeLimits(tx, { workspaceId, limits, now: clock.now() }));
  const planTo = async (domain: string, count: number): Promise<void> => {
    for (let i = 0; i < count; i += 1) {
      const email = `r${(people += 1)}@${domain}`;
      const fields = { first_name: 'Ann' };
      const contactId = await world.contact({ workspaceId, email, fields });
      await plan({ contactId });
    }
  };
  const states = async () => {
    const { rows } = await pool.query<{ state: string; n: number }>(
      `select state, count(*) as n from deliveries where workspace_id = $1 group by 1 order by 1`,
      [workspaceId],
    );
    return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
  };
  return { workspaceId, clock, server, planTo, states, sender: await senders() };
}

const slow = (parts: Partial<ReceivingLimit>): ReceivingLimit => ({
  domains: ['slow.example'],
  rate_per_second: null,
  connections: null,
  ...parts,
});

test('a domain gets as many a second as is set, and others wait for nothing', async () => {
  const { clock, server, planTo, states, sender } = await sending([slow({ rate_per_second: 2 })]);
  await planTo('slow.example', 12);
  await planTo('fast.example', 12);
  await sender.drain();
  expect(server.takenAt('fast.example')).toHaveLength(12);
  const first = server.takenAt('slow.example').length;
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThanOrEqual(3);
  for (let seconds = 1; seconds <= 10; seconds += 1) {
    clock.advance(1_000);
    await sender.beat();
    await sender.drain();
    expect(server.takenAt('slow.example').length).toBeLessThanOrEqual(first + seconds * 2);
  }
  expect(await states()).toEqual({ accepted: 24 });
  expect(new Set(server.taken).size).toBe(24);
  expect(sender.errors).toEqual([]);
}, 60_000);

test('domains of one limit share it', async () => {
  const limit = slow({ domains: ['one.example', 'two.example'], rate_per_second: 1 });
  const { server, planTo, sender } = await sending([limit]);
  await planTo('one.example', 3);
  await planTo('two.example', 3);
  await sender.drain();
  expect(server.taken.length).toBeLessThanOrEqual(2);
});

test('leave for a domain that the database kept from being used is there again', async () => {
  const { planTo, states, sender } = await sending([slow({ connections: 1 })]);
  // As many as may be claimed ahead.
  await planTo('slow.example', 4);
  const query = pool.query.bind(pool) as (...asked: unknown[]) => unknown;
  const answers = vi.spyOn(pool, 'query').mockImplementation((...asked: unknown[]) => {
    const [{ name }] = asked as [{ name?: string }];
    return name === 'load_delivery_work' ? Promise.reject(new Error('away')) : query(...asked);
  });
  await expect(sender.pass()).rejects.toThrow('away');
  answers.mockRestore();
  await sender.drain();
  expect(await states()).toEqual({ accepted: 4 });
});

test('only so many messages to a domain are under way at once', async () => {
  const { server, planTo, states, clock, sender } = await sending([slow({ connections: 1 })]);
  await planTo('slow.example', 6);
  await sender.drain();
  for (let i = 0; i < 4; i += 1) {
    clock.advance(1_000);
    await sender.beat();
    await sender.drain();
  }
  expect(server.mostUnderWay()).toBe(1);
  expect(await states()).toEqual({ accepted: 6 });
});

test('a domain that says “too fast” is slowed, others are not, and nothing is lost or doubled', async () => {
  const { workspaceId, clock, server, planTo, states, sender } = await sending([]);
  await planTo('busy.example', 20);
  await planTo('fast.example', 20);
  server.says.set('busy.example', {
    code: 421,
    words: '4.7.28 unusual rate of mail, slow down',
  });
  await sender.drain();
  expect(server.takenAt('fast.example')).toHaveLength(20);
  expect(server.takenAt('busy.example')).toHaveLength(0);
  expect(await states()).toEqual({ accepted: 20, planned: 20 });
  const [told] = await listSlowdowns(pool, { workspaceId, since: new Date(0) });
  expect(told).toMatchObject({ domain: 'busy.example' });
  expect(told!.answer).toContain('slow down');

  // The provider as such is well: what is new for others leaves at once.
  await planTo('fast.example', 1);
  await sender.drain();
  expect(server.takenAt('fast.example')).toHaveLength(21);

  const tries = server.refused.length;
  server.says.clear();
  for (let i = 0; i < 60 && (await states())['planned'] !== undefined; i += 1) {
    clock.advance(15_000);
    await sender.beat();
    await sender.drain();
  }
  expect(await states()).toEqual({ accepted: 41 });
  expect(new Set(server.taken).size).toBe(41);
  expect(server.taken).toHaveLength(41);
  expect(tries).toBeLessThanOrEqual(20);
  // It was trusted again.
  for (let i = 0; i < 15; i += 1) {
    await planTo('busy.example', 1);
    clock.advance(11_000);
    await sender.beat();
    await sender.drain();
  }
  expect(await listSlowdowns(pool, { workspaceId, since: new Date(0) })).toEqual([]);
}, 90_000);
