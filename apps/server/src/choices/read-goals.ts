import { durationMs, parseWorkflow, type ChoiceGoal } from '@perennial/blocks';
import type { Db } from '../db/index.ts';
import { findVersion } from '../workflows/index.ts';
import type { DueChoice } from './due-choices.ts';

/** What a block sends its messages for, and how long that counts. */
export interface Goal {
  goal: ChoiceGoal;
  windowMs: number;
}

/**
 * Goals as the version said with which the choice was made; undefined where that cannot be read any
 * more. Versions never change.
 */
export async function readGoals(
  db: Db,
  choices: readonly DueChoice[],
): Promise<(choice: DueChoice) => Goal | undefined> {
  const goals = new Map<string, Goal | undefined>();
  for (const [key, [first]] of Map.groupBy(choices, versionKey)) {
    const { workflow_id: workflowId, version } = first!;
    const row = await findVersion(db, { workflowId, version });
    for (const [block, goal] of goalsIn(row?.definition)) goals.set(`${key} ${block}`, goal);
  }
  return (choice) => goals.get(`${versionKey(choice)} ${choice.block}`);
}

function versionKey({ workflow_id: workflowId, version }: DueChoice): string {
  return `${workflowId} ${version}`;
}

function goalsIn(definition: unknown): [string, Goal][] {
  const parsed = parseWorkflow(definition);
  if (!parsed.ok) return [];
  return Object.entries(parsed.definition.blocks).flatMap(([id, { type, settings }]) =>
    type === 'one_from_many'
      ? [[id, { goal: settings.goal, windowMs: durationMs(settings.goal.within) }]]
      : [],
  );
}
