import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { ensurePartitions } from '../db/partitions.ts';
import { testDatabase } from '../db/test-database.ts';
import { createWorkspace } from '../workspaces/index.ts';
import { createEventTypes } from './event-types.ts';
import { pageOfFacts, type PageOfFacts } from './page-of-facts.ts';

const { pool } = await testDatabase();
const START = Date.UTC(2026, 2, 1);
const FACTS = 40_000;
const types: Record<string, number> = {};

/** Of 400 contacts, a second apart, by two channels in turn; every tenth opened by a machine. */
beforeAll(async () => {
  await ensurePartitions(pool, { now: new Date(START) });
  const by = {
    workspaceId: null,
    actor: { kind: 'system' as const, id: null, name: 'test' },
    at: new Date(START),
  };
  const { id: workspaceId } = await inTransaction(pool, (tx) =>
    createWorkspace(tx, { slug: 'many', name: 'Many', by }),
  );
  const keys = ['MessageSent', 'MessageOpened'];
  const ids = await createEventTypes(pool).idsOf(workspaceId, keys, new Date(START));
  for (const key of keys) types[key] = ids.get(key)!;
  await pool.query(
    `insert into events (contact_id, id, event_type_id, occurred_at, received_at, workspace_id, source, params)
     select n % 400 + 1, n, case when n % 2 = 0 then $1::bigint else $2::bigint end,
            $3::timestamptz + n * interval '1 second', $3, $4, 'system',
            jsonb_build_object('delivery', n::text, 'message', (n % 7)::text, 'channel', case when n % 4 < 2 then 'email' else 'sms' end)
              || case when n % 10 = 1 then '{"machine": "proxy"}'::jsonb else '{}' end
       from generate_series(1, $5) as n`,
    [types['MessageSent'], types['MessageOpened'], new Date(START), workspaceId, FACTS],
  );
  await pool.query('analyze events');
});

const all = { from: new Date(START), to: new Date(START + FACTS * 2000), offset: 0 };

function ids(found: { id: number }[]): number[] {
  return found.map(({ id }) => id);
}

describe('a page of facts', () => {
  test('has several types in the order in which they happened, without machines', async () => {
    const kinds = [{ typeId: types['MessageSent']! }, { typeId: types['MessageOpened']! }];
    const found = await pageOfFacts(pool, { ...all, types: kinds, limit: 10 });
    expect(ids(found)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 12]);
  });

  test('goes on where the last one ended', async () => {
    const kinds = [{ typeId: types['MessageSent']! }, { typeId: types['MessageOpened']! }];
    const first = await pageOfFacts(pool, { ...all, types: kinds, limit: 20 });
    const pages = await Promise.all(
      [0, 5, 10, 15].map((offset) => pageOfFacts(pool, { ...all, types: kinds, offset, limit: 5 })),
    );
    expect(ids(pages.flat())).toEqual(ids(first));
  });

  test('may be about one channel, or all others, message and contact', async () => {
    const sent = { typeId: types['MessageSent']! };
    const emails = await pageOfFacts(pool, {
      ...all,
      types: [{ ...sent, channels: { in: ['email'] } }],
      limit: 3,
    });
    expect(ids(emails)).toEqual([4, 8, 12]);
    const others = await pageOfFacts(pool, {
      ...all,
      types: [{ ...sent, channels: { not: ['email'] } }],
      limit: 3,
    });
    expect(ids(others)).toEqual([2, 6, 10]);
    const message = await pageOfFacts(pool, { ...all, types: [sent], messageIds: [4], limit: 2 });
    expect(ids(message)).toEqual([4, 18]);
    const contact = await pageOfFacts(pool, { ...all, types: [sent], contactIds: [5], limit: 2 });
    expect(ids(contact)).toEqual([4, 404]);
  });

  test('is read from the index of its type, and no further than it ends', async () => {
    const kinds = [{ typeId: types['MessageSent']! }];
    const plan = await planOf({ ...all, types: kinds, limit: 100 });
    expect(plan).toMatch(/Index Scan using events_\w*event_type_id_occurred_at/);
    expect(plan).not.toContain('Seq Scan on events_p');
    // Of 20,000 facts of the type a page and a few more are looked at.
    const read = [...plan.matchAll(/Index Scan[^\n]*rows=([\d.]+)/g)].map(([, n]) => Number(n));
    expect(Math.max(...read)).toBeLessThanOrEqual(200);
  });

  test('is not kept from being stored by a message that is a long text', async () => {
    const text = `4${randomBytes(10_000).toString('base64')}`;
    await pool.query(
      `insert into events (contact_id, id, event_type_id, occurred_at, received_at, workspace_id, source, params)
       select 1, $2, $1, $3, $3, workspace_id, 'api', $4 from events limit 1`,
      [types['MessageSent'], FACTS + 1, all.from, { delivery: '1', message: text }],
    );
    const kinds = [{ typeId: types['MessageSent']! }];
    const found = await pageOfFacts(pool, { ...all, types: kinds, messageIds: [4], limit: 2 });
    expect(ids(found)).toEqual([4, 18]);
  });

  test('about a message is read from its own index, and nothing of other messages', async () => {
    const kinds = [{ typeId: types['MessageSent']! }, { typeId: types['MessageOpened']! }];
    const plan = await planOf({ ...all, types: kinds, messageIds: [4], limit: 25_000 });
    expect(plan).toMatch(/Scan (using|on) events_\w*_left_occurred_at/);
    expect(plan).not.toContain('Seq Scan on events_p');
    const passed = [...plan.matchAll(/Rows Removed by Filter: (\d+)/g)].map(([, n]) => Number(n));
    // What machines opened, a tenth of all.
    expect(passed.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(FACTS / 7 / 10 + 1);
  });
});

/** As it was carried out. */
async function planOf(page: PageOfFacts): Promise<string> {
  const statements: { text: string; values: unknown[] }[] = [];
  const watched = {
    query: async (text: string, values: unknown[]) => {
      statements.push({ text, values });
      return { rows: [] };
    },
  };
  await pageOfFacts(watched as never, page);
  const [{ text, values }] = statements as [(typeof statements)[0]];
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(
    `explain (analyze, timing off, costs off, summary off, buffers off) ${text}`,
    values,
  );
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}
