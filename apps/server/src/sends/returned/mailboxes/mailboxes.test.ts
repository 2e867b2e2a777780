import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { inTransaction } from '../../../db/index.ts';
import { createEgress } from '../../../egress/index.ts';
import { testApp } from '../../../http/test-app.ts';
import { initialiseInstallation } from '../../../slots/index.ts';
import { decideSends } from '../../decide-sends.ts';
import { sendRoutes } from '../../index.ts';
import { createDeliveryKeys } from '../../senders/delivery-key.ts';
import { testRenderPool } from '../../senders/test-senders.ts';
import { createWorld, NOW, requestFor, TEST_SLOTS } from '../../test-world.ts';
import { createMailboxDriver, type MailboxDriver } from './drive-mailboxes.ts';
import { newFolder, startImapServer, type TestImapServer } from './test-imap-server.ts';

const renderPool = testRenderPool();
const egress = createEgress({ allow: ['127.0.0.1'] });
afterAll(async () => {
  await renderPool.close();
  await egress.close();
});
const { call, pool, box, clock, workspace, addWorkspace, addKey, logIn } = await testApp({
  routes: ({ box, pool }) =>
    sendRoutes({ box, egress, pool, renderPool, slots: TEST_SLOTS, clock: () => NOW }),
});
await initialiseInstallation(pool, { slots: TEST_SLOTS, now: NOW });
const world = createWorld(pool);
const messageId = await world.message({ workspaceId: workspace.id });
const keys = createDeliveryKeys(box);

/** What happens in the background, in its order, and somebody who waits for more of it. */
const happened: string[] = [];
let listeners: { count: number; done: () => void }[] = [];
function note(what: string): void {
  happened.push(what);
  for (const { count, done } of listeners) if (happened.length >= count) done();
  listeners = listeners.filter(({ count }) => happened.length < count);
}
function happens(count: number): Promise<void> {
  if (happened.length >= count) return Promise.resolve();
  return new Promise((done) => listeners.push({ count, done }));
}

let server: TestImapServer;
let drivers: MailboxDriver[] = [];
let people = 0;
let email: string;

beforeEach(async () => {
  await pool.query('delete from mailboxes');
  happened.length = 0;
  server = await startImapServer();
  people += 1;
  email = `m${people}@example.net`;
});
afterEach(async () => {
  await Promise.all(drivers.map((driver) => driver.stop()));
  drivers = [];
  server.close();
});

function driver(processId = 1): MailboxDriver {
  const made = createMailboxDriver({
    pool,
    box,
    http: egress,
    keys,
    slots: TEST_SLOTS,
    processId,
    clock: clock.now,
    onTaken: note,
    onTrouble: (_row, problem) => note(`trouble: ${problem}`),
    onError: (cause) => note(`error: ${String(cause)}`),
  });
  drivers.push(made);
  return made;
}

async function add(parts: object = {}) {
  const { status, body } = await call('POST', '/mailboxes', {
    body: {
      name: 'Bounces',
      host: '127.0.0.1',
      port: server.port,
      security: 'none',
      user: server.user,
      password: server.password,
      ...parts,
    },
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body as { id: string };
}

async function sent(workspaceId = workspace.id, message = messageId): Promise<number> {
  const contactId = await world.contact({ workspaceId, email });
  const request = requestFor({ workspaceId, contactId, messageId: message });
  const [decision] = await inTransaction(pool, (tx) =>
    decideSends(tx, { requests: [request], now: NOW }),
  );
  const { rows } = await pool.query<{ id: number }>(
    `update deliveries set state = 'accepted', status = 'sent', due_at = null
      where send_id = $1 returning id`,
    [decision!.sendId],
  );
  return rows[0]!.id;
}

function bounce(deliveryId: number): string {
  return `Delivered-To: bounces+${keys.of(deliveryId)}@mail.example.com
From: MAILER-DAEMON@mx.example.net
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; ${email}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--part--
`;
}

const ANSWER = `From: ann@example.net
To: bounces@mail.example.com
Subject: Re: Hi

Thank you!
`;

const inbox = () => server.folders.get('INBOX')!.mails;
const flagsOf = (uid: number) => [...inbox().find((mail) => mail.uid === uid)!.flags];
const view = async (id: string) => (await call('GET', `/mailboxes/${id}`)).body;

async function suppressed(): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    'select count(*) as n from suppressions where address = $1',
    [email],
  );
  return rows[0]!.n;
}
/** Reports that wait for the contact's slot. */
async function reports(): Promise<number> {
  const { rows } = await pool.query<{ n: number }>('select count(*) as n from slot_queue');
  return rows[0]!.n;
}

describe('mail in a mailbox', () => {
  test('is taken, and marked only if it is about a message of ours', async () => {
    const { id } = await add();
    const told = server.deliver(bounce(await sent()));
    const answer = server.deliver(ANSWER);
    await driver().look();
    await happens(2);
    expect(happened).toEqual(['told', 'nothing']);
    await server.idling();
    expect(await suppressed()).toBe(1);
    expect(flagsOf(told)).toEqual(['\\Seen']);
    expect(flagsOf(answer)).toEqual([]);
    expect(await view(id)).toMatchObject({
      condition: 'well',
      problem: null,
      next_at: null,
      counts: { told: 1, nothing: 1, unknown: 0, gone: 0 },
      last_mail_at: clock.now().toISOString(),
    });
  });

  test('that comes later is taken as soon as the server says so', async () => {
    await add();
    await driver().look();
    await server.idling();
    server.deliver(bounce(await sent()));
    await happens(1);
    expect(happened).toEqual(['told']);
  });

  test.each([[['IDLE', 'MOVE', 'UIDPLUS']], [[]]])(
    'is moved by a server that can %j',
    async (capabilities) => {
      server.capabilities = new Set(capabilities);
      await add({ afterwards: 'move', move_to: 'Done' });
      server.deliver(bounce(await sent()));
      server.deliver(ANSWER);
      const reader = driver();
      await reader.look();
      await happens(2);
      await reader.stop();
      // What was read and not put away yet is, before anything else.
      await driver().look();
      await settledInbox(1);
      expect(inbox().map(({ raw }) => raw.toString())).toEqual([
        expect.stringContaining('Thank you'),
      ]);
      expect(server.folders.get('Done')!.mails).toHaveLength(1);
      expect(happened).toEqual(['told', 'nothing']);
    },
  );

  test('is deleted where somebody wants that', async () => {
    await add({ afterwards: 'delete' });
    server.deliver(bounce(await sent()));
    server.deliver(ANSWER);
    await driver().look();
    await happens(2);
    await settledInbox(1);
    expect(inbox()[0]!.raw.toString()).toContain('Thank you');
  });

  /** Waits until a client idles, or asks again, over a folder of so many mails. */
  async function settledInbox(count: number): Promise<void> {
    while (inbox().length !== count) await new Promise((resolve) => setImmediate(resolve));
  }

  test('of another workspace says nothing here', async () => {
    const other = await addWorkspace('other');
    const message = await world.message({ workspaceId: other.id });
    await add();
    server.deliver(bounce(await sent(other.id, message)));
    await driver().look();
    await happens(1);
    expect(happened).toEqual(['gone']);
    expect(await suppressed()).toBe(0);
  });
});

describe('a crash', () => {
  test('after what a mail said is committed leaves it to be marked, not to be taken again', async () => {
    const { id } = await add();
    const uid = server.deliver(bounce(await sent()));
    server.departures.set('UID STORE', 'drop');
    await driver().look();
    await happens(2);
    expect(happened[0]).toBe('told');
    expect(happened[1]).toMatch(/^trouble: /);
    expect(flagsOf(uid)).toEqual([]);
    const waiting = await reports();

    server.departures.clear();
    clock.advance(61_000);
    await driver(2).look();
    await server.idling();
    expect(flagsOf(uid)).toEqual(['\\Seen']);
    expect(happened).toHaveLength(2);
    expect(await reports()).toBe(waiting);
    expect(await view(id)).toMatchObject({ condition: 'well', counts: { told: 1 } });
  });

  test('before the commit leaves everything to the next', async () => {
    const { id } = await add();
    server.deliver(bounce(await sent()));
    server.departures.set('UID FETCH', 'drop');
    await driver().look();
    await happens(1);
    expect(await suppressed()).toBe(0);
    server.departures.clear();
    clock.advance(61_000);
    await driver().look();
    await happens(2);
    expect(happened[1]).toBe('told');
    expect(await view(id)).toMatchObject({ counts: { told: 1 } });
  });

  test('of the process lets another take over once the lease is over', async () => {
    await add();
    await pool.query(`update mailboxes set held_by = 99, held_until = $1`, [
      new Date(clock.now().getTime() + 90_000),
    ]);
    const second = driver(2);
    await second.look();
    expect(server.connections()).toBe(0);
    clock.advance(90_000);
    await second.look();
    await server.idling();
    expect(server.connections()).toBe(1);
  });

  test('of the server’s index makes all UIDs new ones, and nothing is said twice', async () => {
    const { id } = await add();
    const raw = bounce(await sent());
    server.deliver(raw);
    const first = driver();
    await first.look();
    await happens(1);
    await server.idling();
    await first.stop();
    server.folders.set('INBOX', newFolder(2));
    server.deliver(raw);
    await driver().look();
    await happens(2);
    expect(await suppressed()).toBe(1);
    expect(await view(id)).toMatchObject({ counts: { told: 2 } });
  });
});

describe('processes', () => {
  test('look into a mailbox one at a time', async () => {
    await add();
    const all = [1, 2, 3].map(driver);
    await Promise.all(all.map((each) => each.look()));
    await server.idling();
    expect(server.connections()).toBe(1);
  });

  test('let go of a mailbox that was changed, and take it as it is now', async () => {
    const { id } = await add();
    const reader = driver();
    await reader.look();
    await server.idling();
    server.folders.set('Reports', newFolder(7));
    server.deliver(bounce(await sent()), 'Reports');
    await call('PATCH', `/mailboxes/${id}`, { body: { folder: 'Reports' } });
    await reader.look();
    await happens(1);
    expect(happened).toEqual(['told']);
  });
});

describe('a server that says no', () => {
  test('is left alone for longer each time, and its words are shown', async () => {
    const { id } = await add({ password: 'wrong' });
    await driver().look();
    await happens(1);
    const first = await view(id);
    expect(first).toMatchObject({ condition: 'refused' });
    expect(first.problem).toContain('log-in was refused');
    expect(JSON.stringify(first)).not.toContain('wrong');
    expect(Date.parse(first.next_at) - clock.now().getTime()).toBe(5 * 60_000);
    await driver(2).look();
    expect(server.connections()).toBe(0);
    clock.advance(5 * 60_000);
    await driver(3).look();
    await happens(2);
    const second = await view(id);
    expect(Date.parse(second.next_at) - clock.now().getTime()).toBe(15 * 60_000);
  });

  test('that cannot be reached is tried again within a minute', async () => {
    const { id } = await add({ port: 1 });
    await driver().look();
    await happens(1);
    const { condition, next_at: next } = await view(id);
    expect(condition).toBe('failing');
    expect(Date.parse(next) - clock.now().getTime()).toBe(60_000);
  });
});

describe('a mailbox', () => {
  test('is tried without changing anything there', async () => {
    const { id } = await add();
    server.deliver(ANSWER);
    const trial = async () => (await call('POST', `/mailboxes/${id}/test`)).body;
    expect(await trial()).toEqual({
      ok: true,
      problem: null,
      messages: 1,
      tells_at_once: true,
      folders: [],
    });
    expect(server.commands.some((command) => command.startsWith('SELECT'))).toBe(false);
    await call('PATCH', `/mailboxes/${id}`, { body: { folder: 'Nowhere' } });
    expect(await trial()).toMatchObject({ ok: false, folders: ['INBOX'] });
    await call('PATCH', `/mailboxes/${id}`, { body: { password: 'wrong' } });
    expect(await trial()).toMatchObject({ ok: false });
  });

  test('keeps its secrets to itself, sealed, and over changes', async () => {
    const { id } = await add({ password: 'hunter2-hunter2' });
    await call('PATCH', `/mailboxes/${id}`, { body: { name: 'Other' } });
    const { rows } = await pool.query('select * from mailboxes');
    const audit = await pool.query('select * from audit');
    const shown = JSON.stringify([rows, audit.rows, await view(id)]);
    expect(shown).not.toContain('hunter2');
    expect(await view(id)).toMatchObject({ name: 'Other', secrets_set: ['password'] });
  });

  test.each([
    [{ host: 'a b\nc' }, '/host'],
    [{ password: undefined }, '/password'],
    [{ afterwards: 'move' }, '/move_to'],
    [{ afterwards: 'move', move_to: 'INBOX' }, '/move_to'],
    [{ login: 'oauth' }, '/refresh_token'],
    [{ login: 'oauth', refresh_token: 'r' }, '/token_url'],
    [{ port: 0 }, '/port'],
  ])('with %j is refused, and says where', async (parts, path) => {
    const answer = await call('POST', '/mailboxes', {
      body: { name: 'X', host: 'imap.example', user: 'u', password: 'p', ...parts },
    });
    expect([400, 422]).toContain(answer.status);
    expect(answer.body.errors).toMatchObject([{ path }]);
  });

  test('of another workspace is not there; without the right it is not shown', async () => {
    const { id } = await add();
    const as = await addKey({ workspaceId: (await addWorkspace('stranger')).id });
    const tries = [
      call('GET', `/mailboxes/${id}`, { as }),
      call('PATCH', `/mailboxes/${id}`, { as, body: { name: 'Mine' } }),
      call('POST', `/mailboxes/${id}/test`, { as }),
      call('DELETE', `/mailboxes/${id}`, { as }),
    ];
    for (const { status } of await Promise.all(tries)) expect(status).toBe(404);
    expect((await call('GET', '/mailboxes', { as })).body.items).toEqual([]);
    const auditor = await logIn('auditor');
    expect((await call('GET', '/mailboxes', { as: auditor })).status).toBe(403);
  });

  test('is logged into with a token that is fetched for it', async () => {
    const asked: string[] = [];
    const tokens = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        asked.push(body);
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ access_token: 'fresh', expires_in: 3600 }));
      });
    });
    tokens.listen(0, '127.0.0.1');
    await once(tokens, 'listening');
    onTestFinished(() => void tokens.close());
    server.token = 'fresh';
    server.capabilities = new Set(['IDLE', 'AUTH=XOAUTH2', 'SASL-IR']);
    await add({
      login: 'oauth',
      password: undefined,
      refresh_token: 'long-lived',
      client_id: 'perennial',
      token_url: `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/token`,
    });
    server.deliver(bounce(await sent()));
    await driver().look();
    await happens(1);
    expect(happened).toEqual(['told']);
    expect(Object.fromEntries(new URLSearchParams(asked[0]))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'long-lived',
      client_id: 'perennial',
    });
  });
});
