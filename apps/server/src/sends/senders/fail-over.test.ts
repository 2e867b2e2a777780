import { afterAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../db/test-database.ts';
import { plannedWorld, testRenderPool, type StandingClock } from './test-senders.ts';

const { pool } = await testDatabase();
const renderPool = testRenderPool();
afterAll(() => renderPool.close());
const { begin, plan, delivery, senders, smtp, api, provider } = await plannedWorld({
  pool,
  renderPool,
});

let workspaceId: number;
let clock: StandingClock;

beforeEach(async () => {
  ({ workspaceId, clock } = await begin());
});

const many = (count: number) => Promise.all(Array.from({ length: count }, () => plan()));
const recipients = (accepted: string[]) =>
  accepted.map((mail) => /^To: (.*)\r$/m.exec(mail)?.[1]).sort();
async function later(sender: Awaited<ReturnType<typeof senders>>): Promise<void> {
  clock.advance(12_000);
  await sender.beat();
  await sender.drain();
}
const emails = (planned: { email: string }[]) => planned.map(({ email }) => email).sort();

test('the next provider takes over what one that fails was not handed', async () => {
  const first = await smtp({ max_connections: 3 });
  const second = await smtp();
  first.departAt('greeting', 'drop');
  const planned = await many(30);
  const sender = await senders();
  await sender.drain();
  expect(await provider(first.providerId)).toMatchObject({
    condition: 'failing',
    problem: expect.stringMatching(/closed/i),
    paused_until: expect.any(Date),
  });
  // Those that found out are tried again after a moment; one of them finds out once more.
  for (let i = 0; i < 3; i += 1) await later(sender);
  expect(recipients(second.accepted)).toEqual(emails(planned));
  expect(await provider(second.providerId)).toMatchObject({ condition: 'fine', problem: null });
});

test('one answer is enough where the credential is wrong', async () => {
  const first = await smtp({ max_connections: 1 });
  const second = await smtp();
  first.departAt('auth', '535 5.7.8 wrong');
  const planned = await many(20);
  const sender = await senders();
  await sender.drain();
  expect(recipients(second.accepted)).toEqual(emails(planned));
  expect(first.connections()).toBe(1);
  expect(await provider(first.providerId)).toMatchObject({
    condition: 'refused',
    problem: expect.stringContaining('535 5.7.8'),
  });
});

test('a provider that asks for a pause gets it, and is used again afterwards', async () => {
  const first = await api('postmark', { max_connections: 1 });
  const second = await smtp();
  first.depart('throttle');
  await many(10);
  const sender = await senders();
  await sender.drain();
  expect(second.accepted).toHaveLength(10);
  expect(await provider(first.providerId)).toMatchObject({
    condition: 'throttled',
    problem: expect.stringContaining('Rate limit'),
    paused_until: new Date(clock.now().getTime() + 17_000),
  });
  first.depart(undefined);
  const calls = first.calls();
  clock.advance(16_000);
  await sender.beat();
  await many(5);
  await sender.drain();
  expect(first.calls()).toBe(calls);
  clock.advance(1_001);
  await sender.beat();
  const [probe] = await many(1);
  await sender.drain();
  expect(await delivery(probe!.deliveryId)).toMatchObject({ provider_id: first.providerId });
  expect(await provider(first.providerId)).toMatchObject({ condition: 'fine', paused_until: null });
  await many(5);
  await sender.drain();
  expect([first.taken.length, second.accepted.length]).toEqual([6, 15]);
});

test('marketing that the first may have is never given to the second', async () => {
  const first = await smtp({ max_connections: 1 });
  const second = await smtp();
  first.departAt('end', 'drop');
  const planned = await many(12);
  const sender = await senders();
  await sender.drain();
  const states = await Promise.all(planned.map(({ deliveryId }) => delivery(deliveryId)));
  const uncertain = states.filter(({ state }) => state === 'uncertain');
  // Three without an answer are reason enough to leave it alone.
  expect(uncertain).toHaveLength(3);
  expect(uncertain.every((row) => row['provider_id'] === first.providerId)).toBe(true);
  expect(second.accepted).toHaveLength(planned.length - 3);
  clock.advance(3_600_000);
  await sender.beat();
  await sender.drain();
  expect(second.accepted).toHaveLength(planned.length - 3);
});

test('what is owed goes by the second when the first may have it and is out', async () => {
  const first = await smtp({ max_connections: 1 });
  const second = await smtp();
  first.departAt('end', 'drop');
  const owed = await Promise.all(Array.from({ length: 3 }, () => plan({ transactional: true })));
  const sender = await senders();
  await sender.drain();
  first.departAt('greeting', 'drop');
  clock.advance(60_000);
  for (let i = 0; i < 3; i += 1) await later(sender);
  expect(recipients(second.accepted)).toEqual(emails(owed));
  const states = await Promise.all(owed.map(({ deliveryId }) => delivery(deliveryId)));
  expect(states.every(({ state }) => state === 'accepted')).toBe(true);
});

test('a provider that cannot be read stands in nobody’s way', async () => {
  const first = await smtp();
  const second = await smtp();
  await pool.query(`update providers set secrets = 'v1.broken' where id = $1`, [first.providerId]);
  await many(3);
  await (await senders()).drain();
  expect(second.accepted).toHaveLength(3);
  expect(await provider(first.providerId)).toMatchObject({
    condition: 'broken',
    problem: expect.stringContaining('PERENNIAL_SECRET'),
  });
});

test('the second gets nothing while the first is only busy', async () => {
  const first = await smtp({ max_connections: 1 });
  const second = await smtp();
  await many(60);
  await (await senders()).drain();
  expect([first.accepted.length, second.accepted.length]).toEqual([60, 0]);
});

test('a sandbox behind a provider never makes messages seem sent', async () => {
  const first = await smtp();
  await pool.query(
    `insert into providers (workspace_id, channel, kind, name, position, created_at, updated_at)
     values ($1, 'email', 'sandbox', 'Sandbox', 1, $2, $2)`,
    [workspaceId, clock.now()],
  );
  first.departAt('auth', '535 5.7.8 wrong');
  const { deliveryId } = await plan();
  const sender = await senders();
  await sender.drain();
  expect(await delivery(deliveryId)).toMatchObject({ state: 'planned', status: 'queued' });
  first.departAt(undefined);
  clock.advance(6_000);
  await sender.beat();
  await sender.drain();
  expect(await delivery(deliveryId)).toMatchObject({ state: 'accepted', status: 'sent' });
});

test('an API that takes many at once gets them so, each once', async () => {
  const peer = await api('resend', { max_connections: 1, rate_per_second: 1_000 });
  const planned = await many(60);
  const sender = await senders();
  await sender.drain();
  expect(peer.taken.map(({ to }) => to).sort()).toEqual(emails(planned));
  expect(peer.calls()).toBeLessThan(20);
  const states = await Promise.all(planned.map(({ deliveryId }) => delivery(deliveryId)));
  expect(new Set(states.map((row) => row['provider_ref'])).size).toBe(60);
  expect(new Set(peer.taken.map((mail) => mail.delivery)).size).toBe(60);
});
