import { sendgridKeys, signedBySendgrid } from '../packages/channels/src/email/provider-peers.ts';
import { createEgress } from '../apps/server/src/egress/index.ts';
import {
  createMessage,
  createRenderPool,
  recipientTokenKey,
} from '../apps/server/src/messages/index.ts';
import { createSecretBox } from '../apps/server/src/secret/index.ts';
import { createCallbackUrls } from '../apps/server/src/sends/callbacks/callback-url.ts';
import { createDeliveryKeys, createProvider } from '../apps/server/src/sends/index.ts';
import type { Bench, BenchContext } from './bench.ts';
import { rate, timed } from './measure.ts';
import { planSends } from './plan-sends.ts';
import { BENCH_SECRET, startBenchProgram } from './program.ts';

const BATCH = 500;
const LINES = 4;

export const callbacksBench: Bench = {
  name: 'callbacks',
  title: 'What became of messages: signed batches of a provider, durable before the answer',
  async run(context) {
    const { database, scale, log } = context;
    const count = Math.round(20_000 * scale);
    const world = await prepare(context, count);
    const program = await startBenchProgram(database, { role: 'api' });
    const waiting = [...world.batches];
    const ms = await timed(() =>
      Promise.all(
        Array.from({ length: LINES }, async () => {
          for (let batch = waiting.pop(); batch; batch = waiting.pop()) {
            await post(`${program.url}${world.path}`, batch);
          }
        }),
      ),
    );
    await program.stop();
    const { rows } = await database.pool.query<{ n: number }>(
      `select (select count(*) from suppressions where reason = 'bounced') as n`,
    );
    if (rows[0]!.n !== world.dead) {
      throw new Error(`${world.dead} addresses are dead, ${rows[0]!.n} are suppressed`);
    }
    log(`  ${count} callbacks, ${world.dead} of them of dead addresses`);
    return [
      {
        what: 'callbacks taken',
        value: rate(count, ms),
        unit: '/s',
        budget: 5_000,
        note: `batches of ${BATCH} over ${LINES} lines, one in fifty a bounce; the client shares the cores`,
      },
    ];
  },
};

type Call = ReturnType<typeof signedBySendgrid>;

/** Messages that were sent, and what SendGrid will say of them. */
async function prepare(
  { database }: BenchContext,
  count: number,
): Promise<{ path: string; batches: Call[]; dead: number }> {
  const { pool, workspaceId } = database;
  const box = createSecretBox(BENCH_SECRET);
  const egress = createEgress({ allow: [] });
  const now = new Date();
  const by = {
    workspaceId,
    actor: { kind: 'system' as const, id: null, name: 'bench' },
    at: now,
  };
  const { privateKey, shown } = sendgridKeys();
  const settings = { from: 'hello@fit.example', api_key: 'x', webhook_public_key: shown };
  const provider = await createProvider(
    pool,
    { box, egress },
    { workspaceId, by, channel: 'email', kind: 'sendgrid', settings, enabled: true },
  );
  const renderPool = createRenderPool({
    publicUrl: 'https://news.example',
    tokenKey: recipientTokenKey(box),
  });
  const content = { en: { subject: 'Hi', html: '<p>Hi</p>' } };
  const message = await createMessage(
    pool,
    { renderPool },
    { workspaceId, by, name: 'Hi', channel: 'email', content },
  );
  await renderPool.close();
  await planSends(database, { messageId: message.id, count });
  const { rows } = await pool.query<{ id: number }>(
    `update deliveries set state = 'accepted', status = 'sent', due_at = null returning id`,
  );
  const keys = createDeliveryKeys(box);
  const events = rows.map(({ id }, i) => ({
    delivery: keys.of(id),
    timestamp: Math.floor(now.getTime() / 1_000),
    ...(i % 50 === 0
      ? { event: 'bounce', type: 'bounce', status: '5.1.1', reason: '550 5.1.1 User unknown' }
      : { event: 'delivered', response: '250 OK' }),
  }));
  const batches = Array.from({ length: Math.ceil(count / BATCH) }, (_, i) =>
    signedBySendgrid(events.slice(i * BATCH, (i + 1) * BATCH), { key: privateKey, now }),
  );
  const path = createCallbackUrls(box).pathOf(provider.id);
  return { path, batches, dead: Math.ceil(count / 50) };
}

async function post(url: string, { headers, body }: Call): Promise<void> {
  const response = await fetch(url, { method: 'POST', headers, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
}
