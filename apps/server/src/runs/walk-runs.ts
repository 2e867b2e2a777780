import {
  fail,
  steps,
  type Outcome,
  type Step,
  type StepContext,
  type Visit,
} from '@perennial/blocks/steps';
import type { BlockType } from '@perennial/blocks';
import type { WorkflowIndex } from '../workflows/index.ts';
import type { CausedFact } from './capabilities.ts';
import type { Counts } from './counts.ts';
import type { DueRun } from './due-run.ts';
import { takeStep, type TakenStep } from './take-step.ts';
import type { Filled } from './render-settings.ts';
import type { FieldWriter } from './write-fields.ts';

/** A walk that is longer goes on in the next batch, so that no batch lasts without end. */
const LONGEST_WALK = 1_000;

export interface Walk {
  index: WorkflowIndex;
  context: StepContext;
  /** Renders the Liquid of settings. */
  renderSettings: <One extends OwnVisit>(visits: readonly One[]) => Promise<Filled<One>[]>;
  writer: FieldWriter;
  counts: Counts;
  /** Whether a fact may move its contact into a segment or out of it. */
  isFollowed: (fact: CausedFact) => boolean;
  /** Contacts with a fact that something waits for or follows: nothing may happen to them before it. */
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
      for (const fact of facts) {
        if (isInteresting(fact, walk.index) || walk.isFollowed(fact)) unheard.add(fact.contactId);
      }
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
  const { index, counts } = walk;
  const visits = runs.map((run) => visitOf(run, walk));
  for (const [type, group] of Map.groupBy(visits, (visit) => visit.type)) {
    const outcomes = await outcomesOf(type, group, walk);
    group.forEach(({ run }, i) => {
      const version = index.version(run.workflowId, run.version);
      takeStep(run, outcomes[i]!, { version, counts, history });
    });
  }
}

type OwnVisit = Visit & { run: DueRun; type: BlockType };

/** What the step says of each visit; one whose settings cannot be rendered fails by itself. */
async function outcomesOf(
  type: BlockType,
  visits: readonly OwnVisit[],
  { context, renderSettings }: Walk,
): Promise<Outcome[]> {
  const step = steps[type] as Step<unknown>;
  const filled = await renderSettings(visits);
  const able = filled.flatMap((visit) => ('problem' in visit ? [] : [visit]));
  const outcomes = (await step(able, context)).values();
  return filled.map((visit) => ('problem' in visit ? fail(visit.problem) : outcomes.next().value!));
}

function visitOf(run: DueRun, { index, now }: Walk): OwnVisit {
  const { blocks } = index.version(run.workflowId, run.version).definition;
  const { type, settings } = blocks[run.block]!;
  const cameAt = Math.min(run.wakeAt ?? now, now);
  return { run, block: run.block, settings, waited: run.waited, cameAt, type };
}

function isInteresting(fact: CausedFact, index: WorkflowIndex): boolean {
  return index.workspaces.get(fact.workspaceId)?.eventTypes.has(fact.type) ?? false;
}
