import { rollingMs } from '@perennial/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { decideSends } from './decide-sends.ts';
import { heldDue } from './held-queries.ts';
import { nextDue } from '../slots/index.ts';
import { releaseHeld } from './release-held.ts';
import { createWorld, NOW, requestFor, TEST_SLOTS } from './test-world.ts';

const { pool } = await testDatabase();
const world = createWorld(pool);
const SLOTS = Array.from({ length: TEST_SLOTS }, (_, slot) => slot);
const FAR = new Date(NOW.getTime() + 365 * 24 * 3_600_000);
const MOST_RELEASES = 500;

const wishes = fc.array(
  fc.record({
    priority: fc.constantFrom('low' as const, 'normal' as const, 'high' as const),
    pause: fc.constantFrom(0, 0, 7, 90, 400),
  }),
  { minLength: 3, maxLength: 12 },
);
const rule = fc.record({
  most: fc.integer({ min: 1, max: 3 }),
  hours: fc.integer({ min: 1, max: 30 }),
  waits: fc.boolean(),
});
const hours = fc.constantFrom(null, { from: '09:00', to: '12:00' }, { from: '22:00', to: '02:00' });

/** Lets everything that waits come up, until nothing waits any more. */
async function releaseAll(workspaceId: number, from: Date): Promise<void> {
  let now = from;
  for (let turn = 0; turn < MOST_RELEASES; turn += 1) {
    const next = await nextDue(pool, {
      columns: [heldDue],
      slots: SLOTS,
      after: now,
      before: FAR,
    });
    if (next === undefined) return;
    now = new Date(next);
    const marks = new Map([[workspaceId, next]]);
    await inTransaction(pool, (tx) => releaseHeld(tx, { slots: SLOTS, marks, now, limit: 100 }));
  }
  throw new Error('It waits without end.');
}

test('what waits leaves within caps, hours and its life, the urgent first, or is refused', async () => {
  await fc.assert(
    fc.asyncProperty(
      wishes,
      fc.array(rule, { minLength: 1, maxLength: 2 }),
      hours,
      async (list, rules, own) => {
        const workspaceId = await world.workspace();
        await world.settings(workspaceId, { release_minutes: 30, ...(own && { send_hours: own }) });
        for (const { most, hours: n, waits } of rules) {
          const window = { type: 'rolling', n, unit: 'hour' } as const;
          const reached = waits ? 'wait' : 'refuse';
          await world.rule(workspaceId, { kind: 'cap', most, window, when_reached: reached });
        }
        const messageId = await world.message({ workspaceId });
        const contactId = await world.contact({ workspaceId, email: `p@w${workspaceId}.example` });
        let at = NOW.getTime();
        for (const { priority, pause } of list) {
          const now = new Date((at += pause * 60_000));
          const request = requestFor({
            workspaceId,
            contactId,
            messageId,
            at: now,
            terms: { priority },
          });
          await inTransaction(pool, (tx) => decideSends(tx, { requests: [request], now }));
        }
        await releaseAll(workspaceId, NOW);
        const { rows } = await pool.query<{
          decision: string;
          reason: string | null;
          at: Date | null;
          expires_at: Date;
        }>(
          `select s.decision, s.reason, d.created_at as at, s.expires_at
           from sends s left join deliveries d on d.contact_id = s.contact_id and d.send_id = s.id
          where s.contact_id = $1 order by d.created_at`,
          [contactId],
        );
        expect(rows).toHaveLength(list.length);
        const sent = rows.filter((row) => row.decision === 'sent');
        const instants = sent.map((row) => row.at!.getTime());
        for (const { most, hours: n } of rules) {
          const ms = rollingMs({ n, unit: 'hour' });
          // No window holds more than the cap lets pass.
          for (let i = most; i < instants.length; i += 1) {
            expect(instants[i]! - instants[i - most]!).toBeGreaterThanOrEqual(ms);
          }
        }
        for (const row of sent) {
          expect(row.at!.getTime()).toBeLessThan(row.expires_at.getTime());
          if (own) expect(isOpen(own, row.at!)).toBe(true);
        }
        const others = rows.filter((row) => row.decision !== 'sent');
        for (const row of others) expect(['frequency', 'expired']).toContain(row.reason);
      },
    ),
    { numRuns: 12 },
  );
}, 120_000);

/** By the clock of UTC, the workspace's. */
function isOpen({ from, to }: { from: string; to: string }, at: Date): boolean {
  const time = at.toISOString().slice(11, 16);
  return from < to ? time >= from && time < to : time >= from || time < to;
}
