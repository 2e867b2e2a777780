import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { providers } from '../packages/channels/src/providers.ts';
import { smtpSettings } from '../packages/channels/src/index.ts';
import { createEgress } from '../apps/server/src/egress/index.ts';
import {
  createMessage,
  createRenderPool,
  recipientTokenKey,
} from '../apps/server/src/messages/index.ts';
import { createSecretBox } from '../apps/server/src/secret/index.ts';
import { createProvider, SENDS_CHANNEL } from '../apps/server/src/sends/index.ts';
import type { Bench, BenchContext } from './bench.ts';
import { rate, timed } from './measure.ts';
import { planSends } from './plan-sends.ts';
import { BENCH_SECRET, startBenchSenders } from './program.ts';
import { startSmtpSink } from './smtp-sink.ts';

const CONNECTIONS = 8;
const PUBLIC_URL = 'https://news.example';

const MJML = `<mjml><mj-body background-color="#f3f6f4">
  <mj-section background-color="#ffffff"><mj-column>
    <mj-text font-size="24px">Hi {{ contact.first_name | default: "there" }}</mj-text>
    <mj-text>Your plan {{ event.plan }} is ready. {% for day in event.days %}<b>{{ day }}</b>, {% endfor %}see you.</mj-text>
    <mj-button href="https://fit.example/start?plan={{ event.plan | url_encode }}">Start now</mj-button>
  </mj-column></mj-section>
  <mj-section><mj-column>
    ${'<mj-text>Ten minutes are enough. <a href="https://fit.example/how">See how others do it</a> and pick what suits you.</mj-text>'.repeat(8)}
    <mj-text><a href="{{ unsubscribe_url }}">Unsubscribe</a></mj-text>
  </mj-column></mj-section>
</mj-body></mjml>`;

export const emailsBench: Bench = {
  name: 'emails',
  title: 'E-mails rendered for each contact and handed to an SMTP sink on loopback',
  async run(context) {
    const plain = await measure(context);
    const signed = await measure(context, { dkim: true });
    const fetched = await measure(context, { fetch: 'one' });
    const ownFetched = await measure(context, { fetch: 'own' });
    await limitSending(context.database);
    const limited = await measure(context);
    return [
      { what: 'e-mails sent', unit: '/s', budget: 1_000, ...plain },
      { what: 'e-mails sent, DKIM with RSA 2048', unit: '/s', budget: 600, ...signed },
      { what: 'e-mails sent, content fetched, one address for all', unit: '/s', ...fetched },
      { what: 'e-mails sent, content fetched, an address for each', unit: '/s', ...ownFetched },
      { what: 'e-mails sent, two caps and send hours', unit: '/s', budget: 1_000, ...limited },
    ];
  },
};

/** Two caps that nobody reaches, and hours that are open now: all that they cost is asking. */
async function limitSending({ pool, workspaceId }: BenchContext['database']): Promise<void> {
  await pool.query(
    `insert into frequency_rules (workspace_id, key, kind, most, time_window, channels, counts, when_reached,
                                  created_at, updated_at)
     values ($1, 'week', 'cap', 20, '{"type": "rolling", "n": 7, "unit": "day"}', '{email}', 'marketing', 'refuse', $2, $2),
            ($1, 'day', 'cap', 10, '{"type": "calendar", "unit": "day", "zone": "contact"}', '{}', 'all', 'wait', $2, $2)`,
    [workspaceId, new Date()],
  );
  await pool.query(
    `update workspaces set settings = settings || '{"send_hours": {"from": "00:00", "to": "24:00"}}' where id = $1`,
    [workspaceId],
  );
}

interface Variant {
  dkim?: boolean;
  /** From a server on loopback that answers at once: what it costs us, not what it takes others. */
  fetch?: 'one' | 'own';
}

async function measure(
  { database, scale, log }: BenchContext,
  { dkim = false, fetch }: Variant = {},
): Promise<{ value: number; limit: { what: string; value: number } }> {
  const { pool, workspaceId } = database;
  const count = Math.round(10_000 * scale);
  const box = createSecretBox(BENCH_SECRET);
  const renderPool = createRenderPool({
    publicUrl: PUBLIC_URL,
    tokenKey: recipientTokenKey(box),
    size: 1,
  });
  const sink = await startSmtpSink();
  const site = await startContentSite();
  const egress = createEgress({ allow: [] });
  const by = {
    workspaceId,
    actor: { kind: 'system' as const, id: null, name: 'bench' },
    at: new Date(),
  };
  await pool.query(`delete from providers`);
  await createProvider(
    pool,
    { box, egress },
    {
      workspaceId,
      by,
      channel: 'email',
      kind: 'smtp',
      settings: { ...settingsOf(sink.port), ...(dkim && dkimSettings()) },
      enabled: true,
      position: 0,
    },
  );
  const message = await createMessage(
    pool,
    { renderPool },
    {
      workspaceId,
      by,
      name: `Welcome ${dkim} ${fetch}`,
      channel: 'email',
      content: {
        en: {
          subject: 'Welcome, {{ contact.first_name }}',
          preheader: 'Ten minutes',
          mjml: mjmlWith(fetch, site.url),
        },
      },
    },
  );
  const html = JSON.stringify(message.content).length;
  log(`  ${count} e-mails of ${html} characters of MJML, DKIM ${dkim}, fetch ${fetch ?? 'none'}`);
  const planned = await timed(() => planSends(database, { messageId: message.id, count }));
  log(`  decided at ${Math.round(rate(count, planned))}/s, the contacts' rows included`);
  await pool.query(
    `update deliveries set due_at = due_at + interval '1 day' where state = 'planned'`,
  );
  const senders = await startBenchSenders(database, { publicUrl: PUBLIC_URL });
  await pool.query(`update deliveries set due_at = now() where state = 'planned'`);
  const ms = await timed(async () => {
    await pool.query(`notify ${SENDS_CHANNEL}`);
    while ((await left(pool)) > 0) await new Promise((resolve) => setTimeout(resolve, 100));
  });
  await senders.stop();
  const limit = await sinkAlone(sink.port, count);
  await renderPool.close();
  await sink.close();
  await site.close();
  return {
    value: rate(count, ms),
    limit: { what: 'the sink, given the same bytes over as many lines', value: limit },
  };
}

async function left(pool: BenchContext['database']['pool']): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*)::int as n from deliveries where state <> 'accepted'`,
  );
  return rows[0]!.n;
}

function mjmlWith(fetch: Variant['fetch'], url: string): string {
  if (!fetch) return MJML;
  const address = fetch === 'one' ? url : `${url}/{{ contact.id }}`;
  const tag = `<mj-text>{% fetch "${address}" as offer %}{{ offer.title }}, {{ offer.price | money }}</mj-text>`;
  return MJML.replace('<mj-button', `${tag}<mj-button`);
}

/** A kilobyte of JSON to whoever asks. */
async function startContentSite(): Promise<{ url: string; close(): Promise<void> }> {
  const answer = JSON.stringify({ title: 'Tent', price: 99, text: 'x'.repeat(950) });
  const server = createServer((_, response) => response.end(answer));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

function settingsOf(port: number) {
  return {
    host: '127.0.0.1',
    port,
    security: 'none',
    from: 'Fit <hello@fit.example>',
    max_connections: CONNECTIONS,
  };
}

function dkimSettings() {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { dkim_domain: 'fit.example', dkim_selector: 's1', dkim_private_key: privateKey };
}

/** What SMTP itself allows: one fixed message, nothing rendered, nothing stored. */
async function sinkAlone(port: number, count: number): Promise<number> {
  if (providers.smtp.carries !== 'outside') throw new Error('SMTP leaves the house.');
  const settings = smtpSettings.parse(settingsOf(port));
  const provider = providers.smtp.open({
    settings,
    secrets: {},
    http: createEgress({ allow: [] }),
    clock: () => new Date(),
  });
  const raw = [Buffer.from(`Subject: x\r\n\r\n${'x'.repeat(70)}\r\n`.repeat(300))];
  const mail = { raw, from: 'a@fit.example', to: 'b@home.example' };
  let left = count;
  const line = async (): Promise<void> => {
    while (left-- > 0)
      await provider.send({ address: mail.to, key: 'x', transactional: false, content: {}, mail });
  };
  const ms = await timed(() => Promise.all(Array.from({ length: CONNECTIONS }, line)));
  await provider.close();
  return rate(count, ms);
}
