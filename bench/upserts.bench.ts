import { setTimeout as pause } from 'node:timers/promises';
import { inTransaction } from '../apps/server/src/db/index.ts';
import type { Bench, BenchContext } from './bench.ts';
import { copyPeople } from './copy-people.ts';
import { newKey } from './keys.ts';
import { rate, timed } from './measure.ts';
import { post } from './post.ts';
import { startBenchProgram } from './program.ts';

const EACH = 3000;
const CONNECTIONS = 4;

/** Contacts in bulk over the public REST API, from the first call to the last session finished. */
export const upsertsBench: Bench = {
  name: 'upserts',
  title: `Upserts: contacts over the REST API, ${EACH} a call`,
  async run(context) {
    const { database, scale } = context;
    const requests = Math.max(4, Math.round(20 * scale));
    const copy = await copyLimit(context);
    const key = await newKey(database, 'rest');
    const program = await startBenchProgram(database, { role: 'all' });
    const api = `${program.url}/api/v1`;
    const made = await timed(() => sendAll({ api, key, requests, plan: 'trial' }));
    const before = await fingerprint(context);
    const changed = await timed(() => sendAll({ api, key, requests, plan: 'pro' }));
    const after = await fingerprint(context);
    if (after.contacts !== before.contacts) throw new Error('an update made new contacts');
    await program.stop();
    const total = requests * EACH;
    const limit = { what: 'COPY of the same contacts with their identifiers', value: copy };
    return [
      { what: 'contacts made over REST bulk', value: rate(total, made), limit },
      { what: 'contacts changed over REST bulk', value: rate(total, changed), limit },
    ].map((figure) => ({ ...figure, unit: '/s', budget: 5000 }));
  },
};

async function sendAll({
  api,
  key,
  requests,
  plan,
}: {
  api: string;
  key: string;
  requests: number;
  plan: string;
}): Promise<void> {
  const numbers = Array.from({ length: requests }, (_, n) => n);
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (let n = numbers.shift(); n !== undefined; n = numbers.shift()) {
        const body = bulk(n, plan);
        const answer = JSON.parse(await post(`${api}/contacts`, { password: key, body })) as {
          asyncSessionId: string;
        };
        await finished(`${api}/importstatus/${answer.asyncSessionId}`, key);
      }
    }),
  );
}

function bulk(request: number, plan: string): object {
  return {
    dedupeOn: 'externalCustomerId',
    contacts: Array.from({ length: EACH }, (_, i) => {
      const n = request * EACH + i;
      return {
        externalCustomerId: `bulk${n}`,
        firstName: 'Ada',
        lastName: plan === 'pro' ? 'Lovelace' : 'Byron',
        channels: [{ type: 'email', value: `bulk${n}@example.com` }],
        languageCode: 'en',
        timeZone: 'Europe/Kyiv',
      };
    }),
  };
}

async function finished(url: string, key: string): Promise<void> {
  for (;;) {
    const response = await fetch(url, {
      headers: { authorization: `Basic ${Buffer.from(`:${key}`).toString('base64')}` },
    });
    const { status } = (await response.json()) as { status: string };
    if (status === 'FINISHED') return;
    if (status === 'ERROR') throw new Error('a session ended in an error');
    await pause(200);
  }
}

async function fingerprint({ database: { pool } }: BenchContext): Promise<{ contacts: number }> {
  const { rows } = await pool.query<{ contacts: number }>(
    `select count(*) as contacts from contacts`,
  );
  return rows[0]!;
}

/** The rows alone, without anybody looking whether they are known. */
async function copyLimit({ database: { pool, workspaceId } }: BenchContext): Promise<number> {
  const now = Date.now();
  const people = Array.from({ length: 20_000 }, (_, i) => ({
    id: 1_000_000_000 + i,
    name: `copy${i}`,
    fields: '{"first_name":"Ada","last_name":"Byron","language":"en","time_zone":"Europe/Kyiv"}',
    setAt: '{}',
  }));
  const ms = await timed(() =>
    inTransaction(pool, (tx) => copyPeople(tx, { workspaceId, people, now })),
  );
  await pool.query('delete from identifiers where contact_id >= 1000000000');
  await pool.query('delete from contacts where id >= 1000000000');
  return rate(people.length, ms);
}
