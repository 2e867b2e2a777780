import autocannon from 'autocannon';
import { createRecipientTokens, recipientTokenKey } from '../apps/server/src/messages/index.ts';
import { createSecretBox } from '../apps/server/src/secret/index.ts';
import { startBareRedirects } from './bare-redirect.ts';
import type { Bench, BenchContext } from './bench.ts';
import { BENCH_SECRET, startBenchProgram } from './program.ts';

const CONNECTIONS = 64;
const LINKS = 500;
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0';

export const redirectsBench: Bench = {
  name: 'redirects',
  title: 'Clicks and opens: tracked links and pixels, durable before the answer',
  async run(context) {
    const seconds = Math.max(3, Math.round(10 * context.scale));
    const limit = await bareRedirects(seconds);
    const program = await startBenchProgram(context.database, { role: 'api' });
    const tokens = makeTokens(context);
    const links = await visit(context, {
      url: program.url,
      seconds,
      paths: tokens.map(({ link }) => `/r/${link}`),
    });
    const pixels = await visit(context, {
      url: program.url,
      seconds,
      paths: tokens.map(({ open }) => `/o/${open}.gif`),
    });
    await program.stop();
    const shared = `${CONNECTIONS} connections; the client shares the cores`;
    return [
      {
        what: 'tracked links followed',
        value: links.rate,
        unit: '/s',
        budget: 5_000,
        limit: { what: 'Node.js alone answering 302 to the same client', value: limit },
        note: `p50 ${links.p50} ms, p99 ${links.p99} ms, ${shared}`,
      },
      {
        what: 'open pixels served',
        value: pixels.rate,
        unit: '/s',
        budget: 5_000,
        limit: { what: 'Node.js alone answering 302 to the same client', value: limit },
        note: `p50 ${pixels.p50} ms, p99 ${pixels.p99} ms, ${shared}`,
      },
    ];
  },
};

/** Of so many deliveries a link and a pixel, as messages carry them. */
function makeTokens({ database: { workspaceId } }: BenchContext): { link: string; open: string }[] {
  const tokens = createRecipientTokens(recipientTokenKey(createSecretBox(BENCH_SECRET)));
  return Array.from({ length: LINKS }, (_, i) => {
    const delivery = {
      workspaceId,
      contactId: 1_000 + i,
      sendId: 500_000 + i,
      deliveryId: 700_000 + i,
      channel: 'email',
      links: 12,
    };
    const url = `https://shop.example/sale?utm_source=mail&utm_campaign=june&item=${i % 12}`;
    return {
      link: tokens.seal({ ...delivery, kind: 'link', url }),
      open: tokens.seal({ ...delivery, kind: 'open' }),
    };
  });
}

interface Visited {
  rate: number;
  p50: number;
  p99: number;
}

async function visit(
  { database: { pool } }: BenchContext,
  { url, seconds, paths }: { url: string; seconds: number; paths: readonly string[] },
): Promise<Visited> {
  await pool.query('truncate inbox');
  const answered = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    headers: { 'user-agent': BROWSER },
    requests: paths.map((path) => ({ method: 'GET', path })),
  });
  const good = answered['2xx'] + answered['3xx'];
  const { rows } = await pool.query<{ n: number }>(`select coalesce(sum(n), 0) as n from inbox`);
  if (answered['4xx'] + answered['5xx'] > 0 || rows[0]!.n < good) {
    throw new Error(
      `answered ${good}, kept ${rows[0]!.n}, refused ${answered['4xx'] + answered['5xx']}`,
    );
  }
  const { p50, p99 } = answered.latency;
  return { rate: good / answered.duration, p50, p99 };
}

/** What the HTTP server of the machine does with the same client and nothing else to do. */
async function bareRedirects(seconds: number): Promise<number> {
  const server = await startBareRedirects();
  const answered = await autocannon({
    url: `http://127.0.0.1:${server.port}/r/x`,
    connections: CONNECTIONS,
    duration: seconds,
    headers: { 'user-agent': BROWSER },
  });
  await server.close();
  return answered['3xx'] / answered.duration;
}
