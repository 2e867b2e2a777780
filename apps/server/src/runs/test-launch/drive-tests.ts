import { createFieldCatalogue } from '../../contacts/index.ts';
import { startLine, type Line } from '../../jobs/index.ts';
import { advanceTest } from './advance-test.ts';
import { findDueTests, nextTestDue } from './queries.ts';
import type { TestParts } from './parts.ts';

/** Another process may have what is due. */
const SOON_MS = 1_000;
/** For what began to wait without anybody having rung. */
const LOOK_EVERY_MS = 60_000;
const AT_ONCE = 20;

interface DriveParts extends Omit<TestParts, 'fields'> {
  clock: () => Date;
  onError: (cause: unknown) => void;
}

/** Lets every test launch that is due go on; false when none was. */
export async function advanceDueTests(parts: TestParts, now: Date): Promise<boolean> {
  const due = await findDueTests(parts.pool, { now, limit: AT_ONCE });
  for (const { contact_id: contactId, id } of due) await advanceTest(parts, { contactId, id, now });
  return due.length === AT_ONCE;
}

/** Moves test launches with real timers, until it is stopped. */
export function driveTests({ clock, onError, ...given }: DriveParts): Line {
  const parts: TestParts = { ...given, fields: createFieldCatalogue() };
  return startLine({
    turn: () => advanceDueTests(parts, clock()),
    async untilNext() {
      const next = await nextTestDue(parts.pool);
      const ms = next ? next.getTime() - clock().getTime() : LOOK_EVERY_MS;
      return Math.min(LOOK_EVERY_MS, Math.max(SOON_MS, ms));
    },
    onError,
  });
}
