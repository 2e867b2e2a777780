import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import type { OutgoingMessage } from '../../provider.ts';
import { smtpSettings } from './kind.ts';
import { smtp } from './smtp.ts';

const servers: SMTPServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise<void>((done) => server.close(done));
});

/** A whole server, with the certificate of its own making that the package brings. */
async function startServer(options: { secure?: boolean; hideSTARTTLS?: boolean } = {}) {
  const received: { raw: Buffer; secure: boolean; user: unknown }[] = [];
  const server = new SMTPServer({
    ...options,
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      password === 'right'
        ? done(null, { user: username })
        : done(Object.assign(new Error('no'), { responseCode: 535 })),
    onData: (stream, session, done) =>
      void buffer(stream).then((raw) => {
        received.push({ raw, secure: session.secure, user: session.user });
        done();
      }),
  });
  server.on('error', () => {});
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return { received, port: (server.server.address() as AddressInfo).port };
}

function openSmtp(settings: Record<string, unknown>, password = 'right') {
  if (smtp.carries !== 'outside') throw new Error('SMTP leaves the house.');
  const parsed = smtpSettings.parse({ host: '127.0.0.1', from: 'a@shop.example', ...settings });
  return smtp.open({
    settings: parsed,
    secrets: { password },
    http: { send: () => Promise.reject(new Error('SMTP calls nobody over HTTP.')) },
    clock: () => new Date(),
  });
}

const message: OutgoingMessage = {
  address: 'b@home.example',
  key: '1',
  transactional: false,
  content: {},
  mail: {
    raw: [Buffer.from('Subject: Hi\r\n\r\nx\r\n')],
    from: 'a@shop.example',
    to: 'b@home.example',
  },
};

test.each([
  ['tls', { secure: true }],
  ['starttls', {}],
  ['opportunistic', {}],
])('%s encrypts the line and logs in', async (security, options) => {
  const { received, port } = await startServer(options);
  const provider = openSmtp({ port, security, user: 'joe', accept_any_certificate: true });
  expect(await provider.send(message)).toMatchObject({ kind: 'accepted' });
  await provider.close();
  expect(received).toMatchObject([{ secure: true, user: 'joe' }]);
});

test('a certificate that nobody vouches for is refused unless allowed', async () => {
  const { port } = await startServer();
  const provider = openSmtp({ port, security: 'starttls' });
  expect(await provider.send(message)).toMatchObject({ kind: 'deferred', providerTrouble: true });
  expect(await provider.verify()).toMatchObject({ ok: false });
});

test('starttls never speaks in clear to a server that does not offer it', async () => {
  const { received, port } = await startServer({ hideSTARTTLS: true });
  const provider = openSmtp({ port, security: 'starttls' });
  expect(await provider.send(message)).toMatchObject({ kind: 'deferred', providerTrouble: true });
  expect(received).toEqual([]);
});

test('verify tells a wrong password from a right one', async () => {
  const { port } = await startServer();
  const settings = { port, security: 'none', user: 'joe' };
  expect(await openSmtp(settings, 'right').verify()).toEqual({ ok: true });
  expect(await openSmtp(settings, 'wrong').verify()).toMatchObject({ ok: false });
});
