import type { NotedChoice } from '@perennial/blocks/steps';
import type { Tx } from '../db/index.ts';
import { slotOf } from '../slots/index.ts';
import { readBlockState } from './block-state.ts';
import { addCounts, addDays, insertChoices, type CountChange, type NewChoice } from './queries.ts';

/** Keeps what was chosen and sent, and counts it, under the contacts' slots; test runs leave nothing. */
export async function noteChoices(
  tx: Tx,
  { choices: all, slots, now }: { choices: readonly NotedChoice[]; slots: number; now: number },
): Promise<void> {
  const noted = all.filter(({ run }) => !run.test);
  if (noted.length === 0) return;
  const epochs = await epochsOf(tx, noted);
  const choices = noted.map((choice) =>
    newChoice(choice, { epoch: epochs.get(blockKey(choice))!, slots, now }),
  );
  const slot = choices[0]!.slot;
  await insertChoices(tx, { choices, now: new Date(now) });
  await addDays(tx, { choices, slot, now: new Date(now) });
  await addCounts(tx, { changes: choices.map(chosenOnce), slot });
}

function blockKey({ run, block }: NotedChoice): string {
  return `${run.workflowId} ${block}`;
}

async function epochsOf(tx: Tx, choices: readonly NotedChoice[]): Promise<Map<string, number>> {
  const epochs = new Map<string, number>();
  for (const [key, [first]] of Map.groupBy(choices, blockKey)) {
    const { run, block } = first!;
    const { epoch } = await readBlockState(tx, { workflowId: run.workflowId, block });
    epochs.set(key, epoch);
  }
  return epochs;
}

function newChoice(
  { run, block, sendId, messageId, probability, available, window }: NotedChoice,
  { epoch, slots, now }: { epoch: number; slots: number; now: number },
): NewChoice {
  return {
    contactId: run.contactId,
    sendId,
    workspaceId: run.workspaceId,
    slot: slotOf(run.contactId, slots),
    workflowId: run.workflowId,
    version: run.version,
    runId: run.id,
    block,
    epoch,
    messageId,
    probability,
    available,
    dueAt: new Date(now + window),
  };
}

function chosenOnce({ workflowId, block, epoch, messageId }: NewChoice): CountChange {
  return {
    workflowId,
    block,
    epoch,
    messageId,
    chosen: 1,
    settled: 0,
    succeeded: 0,
    succeededMachines: 0,
    void: 0,
    lift: 0,
    liftSquares: 0,
  };
}
