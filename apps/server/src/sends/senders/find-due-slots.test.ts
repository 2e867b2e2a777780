import { expect, test } from 'vitest';
import { inTransaction, type Tx } from '../../db/index.ts';
import { testDatabase } from '../../db/test-database.ts';
import { initialiseInstallation } from '../../slots/index.ts';
import { hasDueDeliveries } from '../has-due-deliveries.ts';
import { findDueSlots } from './work-queries.ts';

const { pool } = await testDatabase();
const now = new Date('2026-03-01T12:00:00Z');
/** Nothing is due yet. */
const BEFORE = new Date('2026-03-01T11:00:00Z');
const SLOTS = 64;
/** After so many askings PostgreSQL may keep a plan for all values. */
const ASKINGS = 7;

/** Deliveries of the first half of the slots, due a minute ago. */
async function plan(count: number, { lane }: { lane: 0 | 1 }): Promise<void> {
  await pool.query(
    `insert into deliveries (contact_id, id, send_id, workspace_id, slot, lane, channel, address,
                             state, status, status_at, due_at, created_at)
     select n, n, n, 1, n % $2::integer, $3, 'email', 'ann@home.example', 'planned', 'queued', $4, $4, $4
       from generate_series(1, $1::integer) as n`,
    [count, SLOTS / 2, lane, new Date(now.getTime() - 60_000)],
  );
  await pool.query(`analyze deliveries`);
}

async function readWhole(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ n: number }>(
    `select seq_scan as n from pg_stat_xact_user_tables where relname = 'deliveries'`,
  );
  return rows[0]!.n;
}

test('slots with something due are found by the index, however much was planned', async () => {
  await initialiseInstallation(pool, { slots: SLOTS, now });
  await plan(20_000, { lane: 1 });
  await inTransaction(pool, async (tx) => {
    const before = await readWhole(tx);
    for (let asked = 0; asked < ASKINGS; asked += 1) {
      const found = await findDueSlots(tx, { slots: SLOTS, lanes: [0, 1], now });
      expect(found.map(({ slot, lane }) => [slot, lane])).toEqual(
        Array.from({ length: SLOTS / 2 }, (_, slot) => [slot, 1]),
      );
      expect(await findDueSlots(tx, { slots: SLOTS, lanes: [0], now })).toEqual([]);
      expect(await hasDueDeliveries(tx, { slots: SLOTS, now })).toBe(true);
      expect(await hasDueDeliveries(tx, { slots: SLOTS, now: BEFORE })).toBe(false);
    }
    expect(await readWhole(tx)).toBe(before);
  });
});
