import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, BenchContext } from './bench.ts';
import { rate, timed } from './measure.ts';
import { fillContacts } from './population.ts';
import { post } from './post.ts';
import { startBenchProgram } from './program.ts';
import { trackCall } from './track-call.ts';

const CONTACTS = 100_000;
const BATCH = 100;

/** All input once more, as a client does that never heard an answer: nothing may change. */
export const resendBench: Bench = {
  name: 'resend',
  title: 'Sending everything again',
  async run(context) {
    const { database, scale } = context;
    await fillContacts(database, { contacts: CONTACTS, now: Date.now() });
    const program = await startBenchProgram(database, { role: 'all' });
    const batches = Array.from({ length: Math.max(50, Math.round(500 * scale)) }, (_, b) =>
      Array.from({ length: BATCH }, (_unused, i) =>
        i % 5 === 0 ? identify(b, i) : trackCall(CONTACTS),
      ),
    );
    const url = `${program.url}/v1/batch`;
    await sendAll(database.writeKey, url, batches);
    await settle(context);
    const before = await fingerprint(context);
    const ms = await timed(async () => {
      await sendAll(database.writeKey, url, batches);
      await settle(context);
    });
    const after = await fingerprint(context);
    await program.stop();
    const differing = Object.keys(before).filter((table) => before[table] !== after[table]);
    return [
      {
        what: 'tables that change when all input is sent again',
        value: differing.length,
        unit: '',
        budget: 0,
        atMost: true,
        note: differing.join(', ') || `${batches.length * BATCH} calls, events and identifies`,
      },
      { what: 'repeats recognised', value: rate(batches.length * BATCH, ms), unit: '/s' },
    ];
  },
};

function identify(batch: number, i: number): object {
  const n = (batch * BATCH + i) % CONTACTS;
  return {
    type: 'identify',
    userId: `u${n + 1}`,
    messageId: `identify-${batch}-${i}`,
    timestamp: new Date(Date.UTC(2026, 0, 1) + batch * 1000 + i).toISOString(),
    traits: { plan: `plan ${batch % 7}`, firstName: `Name ${i}` },
  };
}

async function sendAll(key: string, url: string, batches: object[][]): Promise<void> {
  const waiting = [...batches];
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let batch = waiting.shift(); batch; batch = waiting.shift())
        await post(url, { user: key, body: { batch } });
    }),
  );
}

async function settle({ database: { pool } }: BenchContext): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ n: number }>(
      `select (select count(*) from inbox) + (select count(*) from slot_queue) as n`,
    );
    if (rows[0]!.n === 0) return;
    await pause(100);
  }
}

/** Everything that says something about people; times of arrival are not among it. */
async function fingerprint({
  database: { pool },
}: BenchContext): Promise<Record<string, string | null>> {
  const tables = {
    contacts: 'id, external_id, email, phone, fields, set_at, deleted_at',
    identifiers: 'kind, value, contact_id, set_at',
    events: 'contact_id, event_type_id, occurred_at, message_id, params',
    runs: 'contact_id, workflow_id, state',
    addresses: 'contact_id, channel, address, state, state_at',
  };
  const found: Record<string, string | null> = {};
  for (const [table, columns] of Object.entries(tables)) {
    const { rows } = await pool.query<{ sum: string | null }>(
      `select sum(hashtextextended(t::text, 0))::text as sum from (select ${columns} from ${table}) t`,
    );
    found[table] = rows[0]!.sum;
  }
  return found;
}
