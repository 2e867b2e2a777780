import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, BenchContext } from './bench.ts';
import { percentile, timed } from './measure.ts';
import { fillContacts } from './population.ts';
import { startBenchProgram } from './program.ts';
import { addReceipts, callerOf, makeMessage } from './receipts.ts';

/** Messages that somebody waits for, during the campaign. */
const TRANSACTIONAL = 100;
const EVERY_MS = 100;

export const campaignBench: Bench = {
  name: 'campaign',
  title:
    'Campaign over one million contacts: its audience, its first delivery, and what else is sent meanwhile',
  async run(context) {
    const { database, scale, log } = context;
    const contacts = Math.round(1_000_000 * scale);
    await fillContacts(database, { contacts, now: Date.now() });
    const list = await fillList(context);
    const program = await startBenchProgram(database, { role: 'all' });
    const call = await callerOf(database, program.url);
    const message = await makeMessage(call, 'Campaign');
    await addReceipts(database, { message: await makeMessage(call, 'Receipt'), event: 'Paid' });
    const { id } = await call<{ id: string }>('POST', '/campaigns', {
      name: 'Everybody',
      message,
      include: [String(list)],
    });
    // A program just started runs everything for the first time.
    await sendReceipts(context, program.url, contacts, 'warm');
    const scan = await timed(() => database.pool.query(SCAN, [list]));
    const began = Date.now();
    await call('POST', `/campaigns/${id}/start`, {});
    const receipts = sendReceipts(context, program.url, contacts, 'paid');
    const first = (await firstDelivery(context, id)) - began;
    const read = (await wholeAudience(context, id)) - began;
    log(`  audience of ${contacts}: first delivery after ${first} ms, read in ${read} ms`);
    const sent = await receipts;
    const latencies = await latenciesOf(context, sent);
    await call('POST', `/campaigns/${id}/cancel`, {});
    await program.stop();
    const limit = { what: 'the members of the list, counted by one statement', value: scan };
    return [
      {
        what: 'campaign: audience read',
        value: read,
        unit: 'ms',
        budget: 20_000,
        atMost: true,
        limit,
      },
      {
        what: 'campaign: first delivery planned',
        value: first,
        unit: 'ms',
        budget: 2_000,
        atMost: true,
      },
      {
        what: 'campaign: a transactional message meanwhile, from the call to its delivery, p50',
        value: percentile(latencies, 50),
        unit: 'ms',
      },
      {
        what: 'campaign: a transactional message meanwhile, from the call to its delivery, p99',
        value: percentile(latencies, 99),
        unit: 'ms',
        budget: 1_000,
        atMost: true,
      },
    ];
  },
};

const SCAN = `select count(*) from memberships m join contacts c on c.id = m.contact_id
  where m.segment_id = $1 and m.member and c.deleted_at is null`;

async function fillList({ database: { pool, workspaceId, slots } }: BenchContext): Promise<number> {
  const now = new Date();
  const { rows } = await pool.query<{ id: number }>(
    `insert into segments (workspace_id, key, name, name_key, kind, source, created_at, updated_at)
     values ($1, 'all', 'All', 'all', 'list', 'manual', $2, $2) returning id`,
    [workspaceId, now],
  );
  const { id } = rows[0]!;
  await pool.query(
    `insert into memberships (contact_id, segment_id, workspace_id, member, entered_at, slot)
     select id, $1, workspace_id, true, $2, id % $3::integer from contacts`,
    [id, now, slots],
  );
  await pool.query('vacuum analyze memberships');
  return id;
}

async function firstDelivery({ database: { pool } }: BenchContext, id: string): Promise<number> {
  for (;;) {
    const { rowCount } = await pool.query(
      `select from sends s join deliveries d on d.contact_id = s.contact_id and d.send_id = s.id
        where s.campaign_id = $1 limit 1`,
      [id],
    );
    if (rowCount) return Date.now();
    await sleep(20);
  }
}

async function wholeAudience({ database: { pool } }: BenchContext, id: string): Promise<number> {
  for (;;) {
    const { rowCount } = await pool.query(
      `select from campaigns where id = $1 and read_at is not null`,
      [id],
    );
    if (rowCount) return Date.now();
    await sleep(50);
  }
}

/** By the clock, whether or not earlier ones were answered. Answers when each was sent, by contact. */
async function sendReceipts(
  { database: { writeKey } }: BenchContext,
  base: string,
  contacts: number,
  name: string,
): Promise<Map<string, number>> {
  const sent = new Map<string, number>();
  const answers: Promise<unknown>[] = [];
  for (let n = 0; n < TRANSACTIONAL; n += 1) {
    const place = name === 'warm' ? 0.25 : 0.5;
    const who = `u${1 + Math.floor(((n + place) * contacts) / TRANSACTIONAL)}`;
    sent.set(who, Date.now());
    answers.push(
      fetch(`${base}/v1/track`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ userId: who, event: 'Paid', messageId: `${name}-${n}` }),
      }).then((answer) => answer.arrayBuffer()),
    );
    await sleep(EVERY_MS);
  }
  await Promise.all(answers);
  return sent;
}

async function latenciesOf(
  { database: { pool } }: BenchContext,
  sent: Map<string, number>,
): Promise<number[]> {
  for (;;) {
    const { rows } = await pool.query<{ who: string; at: Date }>(
      `select c.external_id as who, b.received_at as at
         from sends s
         join contacts c on c.id = s.contact_id
         join deliveries d on d.contact_id = s.contact_id and d.send_id = s.id
         join sandbox_messages b on b.contact_id = d.contact_id and b.delivery_id = d.id
        where s.workflow_id is not null`,
    );
    const arrived = rows.filter(({ who }) => sent.has(who));
    if (arrived.length >= sent.size)
      return arrived.map(({ who, at }) => at.getTime() - sent.get(who)!);
    await sleep(100);
  }
}
