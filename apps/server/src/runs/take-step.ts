import { findBlock } from '@perennial/blocks';
import type { Outcome } from '@perennial/blocks/steps';
import type { Json } from '../inbox/index.ts';
import type { CompiledVersion, WorkflowIndex } from '../workflows/index.ts';
import type { Counts } from './counts.ts';
import type { DueRun } from './due-run.ts';

/** One block that a run has left, for its history. */
export interface TakenStep {
  run: DueRun;
  n: number;
  block: string;
  type: string;
  /** Null: the run ended on the block. */
  exit: string | null;
  decidedBy: Json | null;
}

/** A run that makes more visits than this has lost its way. */
export const MOST_STEPS = 10_000;

export interface StepRecord {
  version: CompiledVersion;
  counts: Counts;
  history: TakenStep[];
}

/** Moves a run as its block's outcome says; it goes on walking if it is `running` afterwards. */
export function takeStep(run: DueRun, outcome: Outcome, record: StepRecord): void {
  if ('result' in outcome && outcome.result !== undefined) {
    run.results = { ...run.results, [run.block]: outcome.result as Json };
    run.resultsChanged = true;
  }
  if (outcome.kind === 'next' && outcome.converted) convert(run, record);
  const decidedBy = ('decidedBy' in outcome ? (outcome.decidedBy as Json) : null) ?? null;
  if (outcome.kind === 'wait') return rest(run, outcome.until);
  if (run.steps >= MOST_STEPS) {
    const reason = `more than ${MOST_STEPS} steps`;
    return finish(run, { state: 'failed', reason, decidedBy }, record);
  }
  if (outcome.kind === 'next') return leave(run, outcome.exit, decidedBy, record);
  if (outcome.kind === 'end') {
    const reason = outcome.reason ?? null;
    return finish(run, { state: 'completed', reason, decidedBy }, record);
  }
  failOrGoOn(run, outcome.reason, decidedBy, record);
}

/** A run converts once, however often it passes its goals. */
function convert(run: DueRun, record: StepRecord): void {
  if (run.results[CONVERTED] !== undefined) return;
  run.results = { ...run.results, [CONVERTED]: { block: run.block } };
  run.resultsChanged = true;
  count(run, '', 'converted', record);
}

/** Among the results, where no block can be: IDs of blocks begin with a letter. */
const CONVERTED = '@converted';

/** Ends a run whose step threw: whatever its blocks say, it cannot go on. */
export function breakRun(
  run: DueRun,
  message: string,
  { index, counts }: { index: WorkflowIndex; counts: Counts },
): TakenStep[] {
  const type = index.findVersion(run.workflowId, run.version)?.definition.blocks[run.block]?.type;
  run.state = 'failed';
  run.reason = `block ${run.block} broke: ${message}`.slice(0, 1_000);
  run.wakeAt = null;
  const { block, workflowId, version } = run;
  if (!run.test) counts.add({ workflowId, version, block, what: 'failed' });
  const n = run.steps;
  run.steps += 1;
  return [
    { run, n, block, type: type ?? 'unknown', exit: null, decidedBy: { failed: run.reason } },
  ];
}

function rest(run: DueRun, until: number): void {
  run.state = 'waiting';
  run.waited = false;
  run.wakeAt = until;
}

/** A failure takes the exit `failed` if it is drawn; else a message goes on, and the rest ends the run. */
function failOrGoOn(run: DueRun, reason: string, decidedBy: Json | null, record: StepRecord): void {
  const block = record.version.definition.blocks[run.block]!;
  const seen = { failed: reason, ...(decidedBy as Record<string, Json> | null) };
  const kind = findBlock(block.type)!;
  if (Object.hasOwn(block.exits, 'failed')) return leave(run, 'failed', seen, record);
  if (kind.onFailure === 'continue') return leave(run, 'next', seen, record);
  const words = `${kind.label} ${run.block}: ${reason}`;
  finish(run, { state: 'failed', reason: words, decidedBy: seen }, record);
}

function leave(run: DueRun, exit: string, decidedBy: Json | null, record: StepRecord): void {
  const { blocks } = record.version.definition;
  const target = blocks[run.block]!.exits[exit];
  note(run, { exit, decidedBy }, record);
  count(run, run.block, `exit:${exit}`, record);
  run.waited = false;
  if (target === undefined) {
    run.state = 'completed';
    run.wakeAt = null;
    count(run, '', 'completed', record);
    return;
  }
  run.state = 'running';
  run.block = target;
  count(run, target, 'entered', record);
}

function finish(
  run: DueRun,
  {
    state,
    reason,
    decidedBy,
  }: { state: 'completed' | 'failed'; reason: string | null; decidedBy: Json | null },
  record: StepRecord,
): void {
  note(run, { exit: null, decidedBy }, record);
  count(run, run.block, state, record);
  run.state = state;
  run.reason = reason;
  run.wakeAt = null;
}

function note(
  run: DueRun,
  { exit, decidedBy }: { exit: string | null; decidedBy: Json | null },
  { version, history }: StepRecord,
): void {
  const { type } = version.definition.blocks[run.block]!;
  history.push({ run, n: run.steps, block: run.block, type, exit, decidedBy });
  run.steps += 1;
}

function count(
  run: DueRun,
  block: string,
  what: Parameters<Counts['add']>[0]['what'],
  { counts }: StepRecord,
): void {
  if (run.test) return;
  counts.add({ workflowId: run.workflowId, version: run.version, block, what });
}
