import type { TestStep } from '@perennial/contracts';
import { slotOf } from '../../slots/index.ts';
import { triggerOf, type DueRun } from '../due-run.ts';
import { heardUpTo } from '../fact-result.ts';
import type { TakenStep } from '../take-step.ts';
import type { TestRow } from './queries.ts';
import type { Noted } from './rehearsal-context.ts';

/** In the place of a version's number: those begin with 1. */
const DRAFT = 0;

export function versionOf({ version }: Pick<TestRow, 'version'>): number {
  return version ?? DRAFT;
}

/** A test launch as the engine takes its steps: a run that is marked as a test. */
export function toRun(row: TestRow, { slots }: { slots: number }): DueRun {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    contactId: row.contact_id,
    workflowId: row.workflow_id,
    version: versionOf(row),
    key: row.key,
    startedAt: row.started_at.getTime(),
    test: true,
    trigger: triggerOf(row.context),
    slot: slotOf(row.contact_id, slots),
    depth: 0,
    heardUpTo: heardUpTo(row.context, row.results),
    state: row.state,
    reason: row.reason,
    block: row.block,
    waited: false,
    wakeAt: row.wake_at?.getTime() ?? null,
    steps: row.steps.length,
    results: row.results,
    resultsChanged: false,
  };
}

/** Puts into the row where the run stands, and when the program looks at it next. */
export function settleTest(row: TestRow, run: DueRun, now: Date, dueAt: Date | null = null): void {
  const ended = run.state !== 'waiting' && run.state !== 'running';
  row.state = run.state;
  row.reason = run.reason;
  row.block = run.block;
  row.results = run.results;
  row.wake_at = ended || run.wakeAt === null ? null : new Date(run.wakeAt);
  row.due_at = ended ? null : dueAt;
  row.ended_at = ended ? now : null;
}

/** A step as it is kept, with what its block wanted to do. */
export function stepOf(
  { block, type, exit, decidedBy }: TakenStep,
  { noted, now, clock }: { noted: Noted; now: Date; clock: number },
): TestStep {
  return {
    block,
    type,
    at: now.toISOString(),
    clock: new Date(clock).toISOString(),
    exit,
    decided_by: decidedBy,
    would: noted.would,
    sends: noted.sends.map(({ message, delivery, ...rest }) => ({
      ...rest,
      message: String(message),
      delivery: delivery === null ? null : String(delivery),
    })),
  };
}
