import type { Db } from '../../db/index.ts';
import { Problem } from '../../http/index.ts';
import type { AroundMessages, Use } from './around-messages.ts';

/** A draft can be given another message before it does anything; these would miss theirs now. */
const AT_WORK: Record<Use['kind'], readonly string[]> = {
  workflow: ['active', 'paused'],
  campaign: ['scheduled', 'running', 'paused'],
};

/** Throws `conflict` when something at work sends the message. */
export async function refuseUsed(
  db: Db,
  { findMessageUses }: AroundMessages,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<void> {
  const uses = (await findMessageUses(db, { workspaceId })).get(id) ?? [];
  const atWork = uses.filter(({ kind, state }) => AT_WORK[kind].includes(state));
  if (atWork.length === 0) return;
  const who = atWork.map(({ kind, name }) => `the ${kind} "${name}"`).join(', ');
  throw new Problem('conflict', { detail: `It is sent by ${who}.` });
}
