import type { TestMove } from '@perennial/contracts';
import { inTransaction, type Tx } from '../../db/index.ts';
import { lockSlots, slotOf } from '../../slots/index.ts';
import { createCounts } from '../counts.ts';
import { breakRun } from '../take-step.ts';
import { callInTest, type HeardCall, type PendingCall } from './call-in-test.ts';
import { readOwnedTest, saveTest, type TestRow } from './queries.ts';
import type { TestParts } from './parts.ts';
import { settleTest, stepOf, toRun } from './run-of-test.ts';
import { indexOf, walkTest } from './walk-test.ts';

interface Which {
  contactId: number;
  id: number;
}

interface Advance extends Which {
  now: Date;
  /** By hand: how it goes on. By itself it goes on as it did before, once it is due. */
  move?: Pick<TestMove, 'happened'> & { pace: TestRow['pace'] };
}

interface Advanced {
  row: TestRow | undefined;
  /** To be made now that nothing is locked. */
  call?: PendingCall | undefined;
}

/**
 * Takes steps of a test launch, by the engine that takes those of runs, with acts that are noted.
 * Undefined: it is not there, or another contact's since a merge just now.
 */
export async function advanceTest(
  parts: TestParts,
  advance: Advance,
): Promise<TestRow | undefined> {
  try {
    let { row, call } = await once(parts, advance);
    while (row && call) {
      const result = await callInTest(parts, { row, call, now: advance.now });
      ({ row, call } = await once(parts, { ...advance, heard: { call, result } }));
    }
    return row;
  } catch (cause) {
    // As a run: what throws fails the launch where it stands, and is told as the reason.
    const message = cause instanceof Error ? cause.message : String(cause);
    return inTransaction(parts.pool, (tx) => failWithin(tx, parts, { ...advance, message }));
  }
}

function once(parts: TestParts, advance: Advance & { heard?: HeardCall }): Promise<Advanced> {
  return inTransaction(parts.pool, (tx) => advanceWithin(tx, parts, advance));
}

/** Ends a test launch where it stands. */
export async function stopTest(
  parts: TestParts,
  { now, ...which }: Which & { now: Date },
): Promise<TestRow | undefined> {
  return inTransaction(parts.pool, async (tx) => {
    const row = await ownTest(tx, parts, which);
    if (!row || row.ended_at !== null) return row;
    const run = {
      ...toRun(row, parts),
      state: 'stopped',
      reason: 'by hand',
      wakeAt: null,
    } as const;
    settleTest(row, run, now);
    await saveTest(tx, row);
    return row;
  });
}

/** The launch, whose contact's slot this transaction owns from here on. */
async function ownTest(tx: Tx, { slots }: TestParts, which: Which): Promise<TestRow | undefined> {
  await lockSlots(tx, { slots: [slotOf(which.contactId, slots)] });
  return readOwnedTest(tx, which);
}

async function advanceWithin(
  tx: Tx,
  parts: TestParts,
  { now, move, heard, ...which }: Advance & { heard?: HeardCall },
): Promise<Advanced> {
  const row = await ownTest(tx, parts, which);
  if (!row || row.ended_at !== null) return { row };
  if (heard && !stillWaits(row, heard.call)) return { row };
  if (!heard && !move && (row.due_at === null || row.due_at > now)) return { row };
  const call = await walkTest(tx, parts, { row, now, move, heard });
  await saveTest(tx, row);
  return { row, call };
}

/** Somebody may have stopped it, or given the call up, while the other system answered. */
function stillWaits({ state, block, steps }: TestRow, call: PendingCall): boolean {
  return state === 'waiting' && block === call.block && steps.length === call.step;
}

async function failWithin(
  tx: Tx,
  parts: TestParts,
  { now, message, ...which }: Which & { now: Date; message: string },
): Promise<TestRow | undefined> {
  const row = await ownTest(tx, parts, which);
  if (!row || row.ended_at !== null) return row;
  const run = toRun(row, parts);
  const index = await indexOf(tx, row);
  const [step] = breakRun(run, message, { index, counts: createCounts() });
  row.steps.push(
    stepOf(step!, { noted: { would: [], sends: [] }, now, clock: clockOfRow(row, now) }),
  );
  settleTest(row, run, now);
  await saveTest(tx, row);
  return row;
}

function clockOfRow(row: TestRow, now: Date): number {
  return now.getTime() + row.ahead_ms;
}
