import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { smtpSettings } from './kind.ts';
import {
  startScriptedSmtpServer,
  type Departure,
  type ScriptedSmtpServer,
  type Step,
} from './scripted-smtp-server.ts';
import { createSmtpPool, type SmtpPool } from './smtp-pool.ts';

let server: ScriptedSmtpServer;
let pool: SmtpPool;

beforeEach(async () => {
  server = await startScriptedSmtpServer();
  pool = poolTo(server);
});

function poolTo({ port }: ScriptedSmtpServer): SmtpPool {
  const settings = smtpSettings.parse({
    host: '127.0.0.1',
    port,
    security: 'none',
    user: 'u',
    from: 'a@shop.example',
    connect_timeout_ms: 300,
    greeting_timeout_ms: 300,
    socket_timeout_ms: 300,
  });
  return createSmtpPool(settings, { password: 'p' });
}

afterEach(async () => {
  await pool.close();
  await server.close();
});

const mail = {
  raw: [Buffer.from('Subject: Hi\r\n\r\n.a line that starts with a dot\r\n')],
  from: 'a@shop.example',
  to: 'b@home.example',
};
/** More than the sockets' buffers hold, so that a server that stops reading is noticed. */
const largeMail = { ...mail, raw: [Buffer.alloc(30_000_000, 'x\r\n')] };

describe('a server that goes wrong', () => {
  const troubled = { kind: 'deferred', providerTrouble: true };
  const full = { kind: 'rejected', reason: 'mailbox full', bounce: 'blocked' };
  const fullNow = { kind: 'deferred', reason: 'mailbox full', addressBlocked: true };
  const inactive = { kind: 'rejected', reason: 'mailbox inactive', bounce: 'blocked' };
  const cases: [Step, Departure, object][] = [
    ['greeting', 'hang', troubled],
    ['greeting', 'drop', troubled],
    ['greeting', '554 go away', troubled],
    ['ehlo', 'hang', troubled],
    ['ehlo', 'drop', troubled],
    ['auth', 'hang', troubled],
    ['auth', 'drop', troubled],
    ['auth', '535 5.7.8 wrong password', troubled],
    ['mail', 'hang', troubled],
    ['mail', 'drop', troubled],
    ['mail', '421 4.3.2 closing', troubled],
    ['mail', '451 4.3.0 later', { kind: 'deferred', reason: 'temporary failure' }],
    ['mail', '550 5.7.1 no', { kind: 'rejected', reason: 'refused by policy', code: '5.7.1' }],
    ['rcpt', 'hang', troubled],
    ['rcpt', 'drop', troubled],
    ['rcpt', '450 4.2.0 greylisted', { kind: 'deferred', reason: 'temporary failure' }],
    ['rcpt', '550 5.1.1 no such user', { kind: 'rejected', bounce: 'dead', code: '5.1.1' }],
    ['rcpt', '550 User unknown', { kind: 'rejected', bounce: 'dead', code: '550' }],
    ['rcpt', '552 5.2.2 full', full],
    ['rcpt', '452 4.2.2 full', fullNow],
    ['rcpt', '552 too much mail', full],
    ['rcpt', '452 Mailbox full', fullNow],
    ['rcpt', '550 5.2.1 disabled', inactive],
    ['end', '552 5.3.4 message too big', { kind: 'rejected', reason: 'message too large' }],
    ['data', 'hang', troubled],
    ['data', 'drop', troubled],
    ['data', '451 4.3.0 later', { kind: 'deferred', reason: 'temporary failure' }],
    ['data', '554 5.7.1 spam', { kind: 'rejected', bounce: 'ignored' }],
    ['end', 'hang', { kind: 'uncertain', reason: 'no answer after the message' }],
    ['end', 'drop', { kind: 'uncertain', reason: 'no answer after the message' }],
    ['end', '451 4.3.0 later', { kind: 'deferred', reason: 'temporary failure' }],
    ['end', '554 5.6.0 content', { kind: 'rejected', reason: 'content refused', code: '5.6.0' }],
    ['end', '550 5.1.1 after all', { kind: 'rejected', bounce: 'dead' }],
  ];
  test.each(cases)('at %s with %s', async (step, departure, outcome) => {
    server.departAt(step, departure);
    expect(await pool.send(mail)).toMatchObject(outcome);
    expect(server.accepted).toEqual([]);
  });

  test.each(['hang', 'drop'] as const)(
    'in the middle of the message with %s has not got it, since the end was not written',
    async (departure) => {
      server.departAt('body', departure);
      expect(await pool.send(largeMail)).toMatchObject(troubled);
    },
  );

  test('and refuses the connection', async () => {
    await server.close();
    expect(await pool.send(mail)).toMatchObject(troubled);
    server = await startScriptedSmtpServer();
  });
});

describe('a server that behaves', () => {
  test('gets the message whole and names it', async () => {
    expect(await pool.send(mail)).toMatchObject({ kind: 'accepted', ref: 'AB12' });
    expect(server.accepted).toEqual(['Subject: Hi\r\n\r\n..a line that starts with a dot']);
  });

  test('is spoken to over one line by messages that follow each other', async () => {
    await pool.send(mail);
    await pool.send(mail);
    expect(server.accepted).toHaveLength(2);
    expect(server.connections()).toBe(1);
  });

  test('gets the next message over the same line after it refused one', async () => {
    server.departAt('rcpt', '550 5.1.1 no such user');
    await pool.send(mail);
    server.departAt(undefined);
    expect(await pool.send(mail)).toMatchObject({ kind: 'accepted' });
    expect(server.connections()).toBe(1);
  });

  test('may have closed a resting line: a new one is opened and the message leaves once', async () => {
    await pool.send(mail);
    server.departAt('mail', 'drop');
    const second = pool.send(mail).then((outcome) => outcome.kind);
    // Both the rested line and the new one drop: the server is in trouble after all.
    expect(await second).toBe('deferred');
    server.departAt(undefined);
    expect(await pool.send(mail)).toMatchObject({ kind: 'accepted' });
    expect(server.accepted).toHaveLength(2);
  });
});

test('a message larger than the server takes is rejected before it leaves', async () => {
  await server.close();
  server = await startScriptedSmtpServer({ maxSize: 1_000 });
  pool = poolTo(server);
  expect(await pool.send(largeMail)).toMatchObject({
    kind: 'rejected',
    reason: 'message too large',
  });
});

test('an address that would start a command of its own is rejected before it leaves', async () => {
  expect(await pool.send({ ...mail, to: 'b@home.example>\r\nDATA' })).toMatchObject({
    kind: 'rejected',
    reason: 'address not valid',
  });
});
