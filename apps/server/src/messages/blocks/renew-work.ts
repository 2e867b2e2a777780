import type { Tx } from '../../db/index.ts';
import { Problem, type Origin } from '../../http/index.ts';
import type { Slice, Work, WorkKind } from '../../jobs/index.ts';
import type { RenderPool } from '../rendering/render-pool.ts';
import { renewMessage } from './renew-message.ts';
import { nextStale } from './queries.ts';

export const RENEW = 'messages.renew';

/**
 * Brings the newest version of a block into the messages that have it, one in a slice. A message that
 * cannot take it keeps what it had, and is named.
 */
export function renewWork({ renderPool }: { renderPool: RenderPool | undefined }): WorkKind {
  return {
    kind: RENEW,
    right: 'messages.write',
    about: ({ name = null }) => ({ name }),
    slice: (tx, work, { now }) => {
      if (!renderPool) throw new Error('This process renders nothing.');
      return renewNext(tx, { renderPool, work, now });
    },
  };
}

async function renewNext(
  tx: Tx,
  { renderPool, work, now }: { renderPool: RenderPool; work: Work; now: Date },
): Promise<Slice> {
  const blockId = Number(work.input['block']);
  const after = Number(work.cursor?.['after'] ?? 0);
  const message = await nextStale(tx, { blockId, after });
  if (!message) return { cursor: { after }, next: 'finished' };
  const cursor = { after: message.id };
  const by: Origin = { workspaceId: work.workspaceId, actor: work.actor, at: now };
  try {
    await renewMessage(tx, { renderPool }, { message, by });
    return { cursor, next: 'go on', done: 1 };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const errors = [{ subject: message.name, message: error.message }];
    return { cursor, next: 'go on', errors };
  }
}
