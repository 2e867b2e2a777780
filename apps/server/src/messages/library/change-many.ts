import type { Pool } from '../../db/index.ts';
import { Problem, type Origin } from '../../http/index.ts';
import { changeMessage, type MessageParts } from '../save-message.ts';
import type { AroundMessages } from './around-messages.ts';
import { refuseUsed } from './refuse-used.ts';

export interface ManyToChange {
  workspaceId: number;
  by: Origin;
  changes: readonly {
    id: number;
    archived?: boolean | undefined;
    tags?: readonly string[] | undefined;
  }[];
  /** Archives also what something at work sends. */
  force: boolean;
}

export interface ManyChanged {
  changed: number[];
  refused: { id: number; detail: string }[];
}

/** Each for itself: one that cannot be changed keeps no other from it. */
export async function changeMany(
  db: Pool,
  { around, ...parts }: MessageParts & { around: AroundMessages },
  { workspaceId, by, changes, force }: ManyToChange,
): Promise<ManyChanged> {
  const outcome: ManyChanged = { changed: [], refused: [] };
  for (const change of changes) {
    try {
      if (change.archived && !force) await refuseUsed(db, around, { workspaceId, id: change.id });
      await changeMessage(db, parts, { workspaceId, by, ...change });
      outcome.changed.push(change.id);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      outcome.refused.push({ id: change.id, detail: error.message });
    }
  }
  return outcome;
}
