import { beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../../db/index.ts';
import { testDatabase } from '../../db/test-database.ts';
import { createWorkspace } from '../../workspaces/index.ts';
import { countSends } from '../count-sends.ts';
import { findDeliveries, type DeliveryFilter } from './find-deliveries.ts';
import { findSends, type SendFilter } from './find-sends.ts';
import { MOST_LOOKED } from './look-back.ts';
import { lookedSends, pathOfSends, valuesOf } from './path-of-sends.ts';

const { pool } = await testDatabase();
const START = Date.UTC(2026, 2, 1);
const HOUR = 3_600_000;
/** A few more than one answer looks at, a second apart. */
const SENDS = MOST_LOOKED + 2_000;
let workspaceId: number;

/**
 * Of 1,000 contacts, each with one delivery but the last, which has two. The oldest of each campaign was complained
 * of; campaign 1 and message 1 sent the first 1,000, workflow 1 every second since.
 */
beforeAll(async () => {
  const by = {
    workspaceId: null,
    actor: { kind: 'system' as const, id: null, name: 'test' },
    at: new Date(START),
  };
  ({ id: workspaceId } = await inTransaction(pool, (tx) =>
    createWorkspace(tx, { slug: 'many', name: 'Many', by }),
  ));
  await pool.query(
    `insert into sends (contact_id, id, workspace_id, message_id, message_version, channel, campaign_id, workflow_id,
                        run_id, decision, reasons, reason, status, created_at)
     select n % 1000 + 1, n, $1, case when n <= 1000 then 1 else 2 end, 1, 'email', case when n <= 1000 then 1 end,
            case when n > 1000 and n % 2 = 0 then 1 end, case when n > 1000 and n % 2 = 0 then n end,
            case when n = 5 then 'held' else 'sent' end, '[]', case when n = 5 then 'send_hours' end,
            case when n = 1 then 'complained' else 'delivered' end, $2::timestamptz + n * interval '1 second'
       from generate_series(1, $3::int) n`,
    [workspaceId, new Date(START), SENDS],
  );
  await pool.query(
    `insert into deliveries (contact_id, id, send_id, workspace_id, slot, channel, address, lane, state, status,
                             status_at, created_at)
     select contact_id, 2 * id + copy, id, workspace_id, 0, 'email', 'a@home.example', 0, 'accepted', status,
            created_at, created_at
       from sends, generate_series(0, case when id = $1 then 1 else 0 end) copy
      where decision = 'sent'`,
    [SENDS],
  );
  await pool.query('analyze sends');
  await pool.query('analyze deliveries');
});

function sends(filter: Partial<SendFilter>) {
  return findSends(pool, { workspaceId, limit: 2, ...filter });
}

function deliveries(filter: Partial<DeliveryFilter>) {
  return findDeliveries(pool, { workspaceId, limit: 2, ...filter });
}

const at = (n: number): Date => new Date(START + n * 1_000);
const nothing = { next: undefined, lookedUntil: null };

describe('one answer looks at so many rows', () => {
  test('and where the rare one is further back, says how far it looked and goes on from there', async () => {
    const first = await sends({ statuses: ['complained'] });
    expect(first).toEqual({ rows: [], next: [2_001], lookedUntil: at(2_001) });
    const rest = await sends({ statuses: ['complained'], before: first.next![0]! });
    expect(rest).toMatchObject({ rows: [{ id: 1 }], ...nothing });
  });

  test('of deliveries, too', async () => {
    const first = await deliveries({ statuses: ['complained'] });
    expect(first).toMatchObject({ rows: [], next: [4_004], lookedUntil: at(2_002) });
    const rest = await deliveries({ statuses: ['complained'], before: [first.next![0]!] });
    expect(rest).toMatchObject({ rows: [{ id: 2 }], ...nothing });
  });

  test('of deliveries of a message fewer, by their sends', async () => {
    const rare = { message: 2, statuses: ['complained'] };
    const first = await deliveries(rare);
    expect(first).toEqual({ rows: [], next: [0, 17_001], lookedUntil: at(17_001) });
    const second = await deliveries({ ...rare, before: first.next as [number, number] });
    expect(second).toEqual({ rows: [], next: [0, 12_002], lookedUntil: at(12_002) });
  });

  test.each([{ campaign: 1 }, { message: 1 }, { contact: 2 }, { until: at(500) }])(
    'of %o they are its own',
    async (filter) => {
      const statuses = ['complained'];
      expect(await sends({ ...filter, statuses })).toMatchObject({ rows: [{ id: 1 }] });
      expect(await deliveries({ ...filter, statuses })).toMatchObject({
        rows: [{ id: 2 }],
        ...nothing,
      });
    },
  );

  test('those that wait are counted, however long ago they were decided', async () => {
    expect(await countSends(pool, { workspaceId })).toMatchObject({ held: 1, capped: true });
  });

  test('what is not there is not looked for', async () => {
    expect(await sends({ run: 1 })).toEqual({ rows: [], ...nothing });
    expect(await deliveries({ send: 2 * SENDS })).toEqual({ rows: [], ...nothing });
  });

  test('and those that wait are found at once', async () => {
    expect(await sends({ decisions: ['held'] })).toMatchObject({ rows: [{ id: 5 }], ...nothing });
  });
});

describe('pages', () => {
  test('of deliveries end within a send that has several, and go on there', async () => {
    for (const filter of [{}, { message: 2 }]) {
      const first = await deliveries({ ...filter, limit: 1 });
      expect(first.rows).toMatchObject([{ id: 2 * SENDS + 1 }]);
      const second = await deliveries({
        ...filter,
        limit: 2,
        before: first.next as [number, number?],
      });
      expect(second.rows).toMatchObject([{ id: 2 * SENDS }, { id: 2 * SENDS - 2 }]);
    }
  });

  test('are cut to the period exactly', async () => {
    const period = { from: at(3 * 3_600), until: at(3 * 3_600 + 2) };
    const expected = [{ created_at: at(10_801) }, { created_at: at(10_800) }];
    expect(await sends(period)).toMatchObject({ rows: expected, ...nothing });
    expect(await deliveries(period)).toMatchObject({ rows: expected, ...nothing });
    expect(await deliveries({ ...period, message: 2 })).toMatchObject({ rows: expected });
    expect(await sends({ from: new Date(START + 1_000 * HOUR) })).toEqual({ rows: [], ...nothing });
  });

  test('of a workspace do not end where another has more', async () => {
    const other = workspaceId + 1;
    for (const filter of [{}, { campaign: 1 }, { message: 2 }, { workflow: 1 }, { contact: 2 }]) {
      const asked = { ...filter, workspaceId: other };
      expect(await sends(asked)).toEqual({ rows: [], ...nothing });
      expect(await deliveries(asked)).toEqual({ rows: [], ...nothing });
    }
  });
});

test.each([
  [{}, 'sends_newest'],
  [{ campaign: 1 }, 'sends_newest_of_campaign'],
  [{ message: 1 }, 'sends_by_message'],
  [{ workflow: 1 }, 'sends_newest_of_workflow'],
  [{ decisions: ['held'] }, 'sends_held'],
])('what is looked at for %o comes in order from %s', async (filter, index) => {
  const path = pathOfSends({ workspaceId, ...filter });
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(
    `explain select * from ${lookedSends(path)} looked order by id desc limit 2`,
    valuesOf({ workspaceId }, path, { begin: 0, end: SENDS + 1 }),
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain(`Index Scan Backward using ${index} `);
  expect(plan).not.toContain('Sort');
});
