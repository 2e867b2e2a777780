import { startPostmarkPeer, startResendPeer } from '@perennial/channels/provider-peers';
import { startScriptedSmtpServer } from '@perennial/channels/scripted-smtp-server';
import { onTestFinished } from 'vitest';
import { inTransaction, type Pool } from '../../db/index.ts';
import { createEgress } from '../../egress/index.ts';
import { decodeStamped } from '../../inbox/index.ts';
import { createRenderPool, recipientTokenKey, type RenderPool } from '../../messages/index.ts';
import { createSecretBox } from '../../secret/index.ts';
import { initialiseInstallation, readSlotCount } from '../../slots/index.ts';
import { decideSends } from '../decide-sends.ts';
import type { SendRequest } from '../decision.ts';
import { createWorld, NOW, requestFor, TEST_SLOTS } from '../test-world.ts';
import { createSenders, type Senders } from './start-senders.ts';

export const PUBLIC_URL = 'https://news.example';
export const testBox = createSecretBox('the secret of all tests, which is no secret');

export function testRenderPool(): RenderPool {
  return createRenderPool({
    publicUrl: PUBLIC_URL,
    tokenKey: recipientTokenKey(testBox),
    size: 1,
    stuckMs: 1_000,
  });
}

/** A clock that stands still until it is moved. */
export function standingClock(start = NOW) {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    advance: (ms: number) => {
      now += ms;
    },
  };
}

export type StandingClock = ReturnType<typeof standingClock>;

/** Senders of a process of their own, not started: a test says when they look. */
export async function testSenders({
  pool,
  renderPool,
  clock,
}: {
  pool: Pool;
  renderPool: RenderPool;
  clock: StandingClock;
}): Promise<Senders & { processId: number; beat(): Promise<void>; errors: unknown[] }> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into processes (role, started_at, beat_at) values ('worker', $1, $1) returning id`,
    [clock.now()],
  );
  const processId = rows[0]!.id;
  const errors: unknown[] = [];
  const egress = createEgress({ allow: ['127.0.0.1'] });
  const senders = createSenders({
    pool,
    renderPool,
    box: testBox,
    processId,
    slots: await readSlotCount(pool),
    publicUrl: PUBLIC_URL,
    http: egress,
    clock: clock.now,
    random: () => 0.5,
    onError: (error) => errors.push(error),
  });
  onTestFinished(async () => {
    await senders.stop();
    await egress.close();
    // Else the next test would share its rates with it.
    await pool.query(`delete from processes where id = $1`, [processId]);
  });
  const beat = async (): Promise<void> => {
    await pool.query(`update processes set beat_at = $2 where id = $1`, [processId, clock.now()]);
  };
  return { ...senders, processId, beat, errors };
}

/** Deliveries that are planned, and what senders made of them; each test begins with a workspace. */
export async function plannedWorld({ pool, renderPool }: { pool: Pool; renderPool: RenderPool }) {
  const world = createWorld(pool);
  await initialiseInstallation(pool, { slots: TEST_SLOTS, now: NOW });
  let clock = standingClock();
  let workspaceId = 0;
  let messageId = 0;
  let people = 0;

  async function begin() {
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
    return { workspaceId, messageId, clock };
  }

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

  /** A server that is the channel's next provider, behind those that are there. */
  async function smtp(settings: object = {}) {
    const server = await startScriptedSmtpServer();
    onTestFinished(() => server.close());
    const providerId = await addProvider('smtp', {
      settings: {
        host: '127.0.0.1',
        port: server.port,
        security: 'none',
        user: 'u',
        socket_timeout_ms: 300,
        greeting_timeout_ms: 300,
        connect_timeout_ms: 300,
        ...settings,
      },
      secrets: { password: 'p' },
    });
    return { ...server, providerId };
  }

  /** Postmark or Resend on loopback, as the channel's next provider. */
  async function api(kind: 'postmark' | 'resend', settings: object = {}) {
    const peer = await (kind === 'postmark'
      ? startPostmarkPeer({ serverToken: 'right' })
      : startResendPeer({ apiKey: 'right' }));
    onTestFinished(() => peer.close());
    const providerId = await addProvider(kind, {
      settings: { base_url: peer.url, timeout_ms: 500, ...settings },
      secrets: kind === 'postmark' ? { server_token: 'right' } : { api_key: 'right' },
    });
    return { ...peer, providerId };
  }

  async function addProvider(
    kind: string,
    { settings, secrets }: { settings: object; secrets: object },
  ): Promise<number> {
    const { rows } = await pool.query<{ id: number }>(
      `insert into providers (workspace_id, channel, kind, name, settings, secrets, created_at, updated_at)
       values ($1, 'email', $2, $2, $3, $4, $5, $5) returning id`,
      [
        workspaceId,
        kind,
        JSON.stringify({ from: 'Shop <hi@shop.example>', ...settings }),
        testBox.seal(JSON.stringify(secrets)),
        clock.now(),
      ],
    );
    return rows[0]!.id;
  }

  async function provider(id: number) {
    const { rows } = await pool.query(
      `select condition, problem, paused_until from providers where id = $1`,
      [id],
    );
    return rows[0]!;
  }

  const senders = () => testSenders({ pool, renderPool, clock });
  return { world, begin, plan, delivery, told, sandboxMessage, smtp, api, provider, senders };
}
