import { liftOf } from '@perennial/blocks';
import type { Tx } from '../db/index.ts';
import type { EventTypeIds } from '../events/index.ts';
import {
  findDueChoices,
  markSettled,
  postponeChoices,
  type ChoiceOutcome,
  type DueChoice,
} from './due-choices.ts';
import { addCounts, type CountChange } from './queries.ts';
import { reachGoals, type ClosedWindow, type Reached } from './reach-goals.ts';
import { readGoals, type Goal } from './read-goals.ts';

/** How soon a message that has still to leave is looked at again. */
const AGAIN_MS = 3_600_000;

interface Settled {
  choice: DueChoice;
  outcome: ChoiceOutcome;
}

/**
 * Learns from the choices of these slots whose windows have closed. Success and failure are both
 * counted then and not before: a success that counted at once, and a failure that counted later,
 * would make whatever was sent last look best. Answers how many were looked at.
 */
export async function settleChoices(
  tx: Tx,
  {
    slots,
    marks,
    oldestQueued,
    now,
    limit,
    eventTypes,
  }: {
    slots: readonly number[];
    /** By workspace, the instant up to which all that arrived is in the slots' queues. */
    marks: ReadonlyMap<number, number>;
    oldestQueued?: ReadonlyMap<number, number> | undefined;
    now: Date;
    limit: number;
    eventTypes: EventTypeIds;
  },
): Promise<number> {
  const until = Math.min(now.getTime(), Math.max(...marks.values()));
  if (slots.length === 0 || !Number.isFinite(until)) return 0;
  const due = await findDueChoices(tx, {
    slots: [...slots],
    until: new Date(until),
    marks: JSON.stringify(Object.fromEntries(marks)),
    queued: JSON.stringify(Object.fromEntries(oldestQueued ?? [])),
    limit,
  });
  if (due.length === 0) return 0;
  const { closed, later, lost } = sortByWindow(due, await readGoals(tx, due), now.getTime());
  const reached = await reachGoals(tx, closed, { eventTypes, now: now.getTime() });
  const settled = [
    ...closed.map(({ choice }, i): Settled => ({ choice, outcome: outcomeOf(reached[i]) })),
    ...lost.map((choice): Settled => ({ choice, outcome: 'void' })),
  ];
  await postponeChoices(tx, { choices: later });
  await markSettled(tx, { settled, now });
  await addCounts(tx, { changes: settled.map(changeOf), slot: due[0]!.slot });
  return due.length;
}

interface Sorted {
  closed: ClosedWindow[];
  later: { choice: DueChoice; until: Date }[];
  /** Nothing can be learnt of them. */
  lost: DueChoice[];
}

/** A window begins when the message left, however long it was on its way to that. */
function sortByWindow(
  due: readonly DueChoice[],
  goalOf: (choice: DueChoice) => Goal | undefined,
  now: number,
): Sorted {
  const sorted: Sorted = { closed: [], later: [], lost: [] };
  for (const choice of due) {
    const goal = goalOf(choice);
    const from = (choice.handed_at ?? choice.chosen_at).getTime();
    const until = from + (goal?.windowMs ?? 0);
    if (!choice.arrived && choice.leaving) {
      sorted.later.push({ choice, until: new Date(now + AGAIN_MS) });
    } else if (!goal || !choice.arrived) sorted.lost.push(choice);
    else if (until > now) sorted.later.push({ choice, until: new Date(until) });
    else sorted.closed.push({ choice, goal: goal.goal, from, until });
  }
  return sorted;
}

const OUTCOMES = { person: 'succeeded', machine: 'machine' } as const;

function outcomeOf(reached: Reached): ChoiceOutcome {
  return reached === undefined ? 'failed' : OUTCOMES[reached];
}

function changeOf({ choice, outcome }: Settled): CountChange {
  const { workflow_id: workflowId, block, epoch, message_id: messageId } = choice;
  const { probability, available } = choice;
  const isLearnt = outcome !== 'void';
  const succeeded = outcome === 'succeeded';
  const lift = isLearnt ? liftOf({ succeeded, probability, available }) : 0;
  return {
    workflowId,
    block,
    epoch,
    messageId,
    chosen: 0,
    settled: Number(isLearnt),
    succeeded: Number(succeeded),
    succeededMachines: Number(succeeded || outcome === 'machine'),
    void: Number(!isLearnt),
    lift,
    liftSquares: lift * lift,
  };
}
