import { steps, type Step, type StepContext, type Visit } from '@perennial/blocks/steps';
import type { BlockType } from '@perennial/blocks';
import type { WorkflowIndex } from '../workflows/index.ts';
import type { CausedFact } from './capabilities.ts';
import type { Counts } from './counts.ts';
import type { DueRun } from './due-run.ts';
import { takeStep, type TakenStep } from './take-step.ts';
import type { FieldWriter } from './write-fields.ts';

/** A walk that is longer goes on in the next batch, so that no batch lasts without end. */
const LONGEST_WALK = 1_000;

export interface Walk {
  index: WorkflowIndex;
  context: StepContext;
  writer: FieldWriter;
  counts: Counts;
  /** Contacts with a fact that a start or stop waits for: nothing may happen to them before it. */
  unheard: Set<number>;
  now: number;
  /** So many visits at most, one after another. */
  longest?: number;
}

export interface Walked {
  /** Visits made, those that only began to rest included. */
  visits: number;
  /** Runs that took steps. The others stay due: a fact of their contact must be heard first. */
  touched: DueRun[];
  history: TakenStep[];
  facts: CausedFact[];
  unheard: Set<number>;
  /** Some runs stay due. */
  more: boolean;
}

/**
 * Lets runs go from block to block until each rests or ends. All visits of a kind of block are one
 * call, but of each contact only one run walks at a time, in the order of their instants.
 */
export async function walkRuns(due: readonly DueRun[], walk: Walk): Promise<Walked> {
  const { unheard, longest = LONGEST_WALK } = walk;
  const walked: Walked = { visits: 0, touched: [], history: [], facts: [], unheard, more: false };
  for (const round of roundsOf(due)) {
    let walking = round.filter((run) => !unheard.has(run.contactId));
    if (walking.length < round.length) walked.more = true;
    walked.touched.push(...walking);
    for (let length = 0; walking.length > 0; length += 1) {
      walked.visits += walking.length;
      await visitAll(walking, walk, walked.history);
      const facts = walk.writer.takeFacts();
      for (const fact of facts) if (isInteresting(fact, walk.index)) unheard.add(fact.contactId);
      walked.facts.push(...facts);
      const going = walking.filter((run) => run.state === 'running');
      walking = length + 1 < longest ? going.filter((r) => !unheard.has(r.contactId)) : [];
      for (const run of going) {
        if (walking.includes(run)) continue;
        run.wakeAt = walk.now;
        walked.more = true;
      }
    }
  }
  return walked;
}

/** Round k holds the k-th due run of each contact. */
function roundsOf(due: readonly DueRun[]): DueRun[][] {
  const seen = new Map<number, number>();
  const rounds: DueRun[][] = [];
  for (const run of due) {
    const round = seen.get(run.contactId) ?? 0;
    seen.set(run.contactId, round + 1);
    (rounds[round] ??= []).push(run);
  }
  return rounds;
}

async function visitAll(runs: readonly DueRun[], walk: Walk, history: TakenStep[]): Promise<void> {
  const { index, context, counts } = walk;
  const visits = runs.map((run) => visitOf(run, walk));
  for (const [type, group] of Map.groupBy(visits, (visit) => visit.type)) {
    const step = steps[type] as Step<unknown>;
    const outcomes = await step(group, context);
    group.forEach(({ run }, i) => {
      const version = index.version(run.workflowId, run.version);
      takeStep(run, outcomes[i]!, { version, counts, history });
    });
  }
}

function visitOf(run: DueRun, { index, now }: Walk): Visit & { run: DueRun; type: BlockType } {
  const { blocks } = index.version(run.workflowId, run.version).definition;
  const { type, settings } = blocks[run.block]!;
  const cameAt = Math.min(run.wakeAt ?? now, now);
  return { run, block: run.block, settings, waited: run.waited, cameAt, type };
}

function isInteresting(fact: CausedFact, index: WorkflowIndex): boolean {
  return index.workspaces.get(fact.workspaceId)?.eventTypes.has(fact.type) ?? false;
}
