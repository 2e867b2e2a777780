import type { Membership } from './membership-change.ts';
import type { Answer } from './version-answers.ts';

export interface SwapPlan {
  /** Rows of contacts that had none, and others as they are now. */
  added: Membership[];
  changed: Membership[];
  removed: Membership[];
  /** Contacts that become members, and that cease to be some. */
  entered: number[];
  left: number[];
}

/** What the members of some slots become: those who stay keep since when they are members. */
export function planSwap({
  answers,
  kept,
  segmentId,
  workspaceId,
  at,
}: {
  answers: Iterable<Answer>;
  /** Rows of the segment in these slots as they are. */
  kept: readonly Membership[];
  segmentId: number;
  workspaceId: number;
  /** The instant at which it happens. */
  at: number;
}): SwapPlan {
  const before = new Map(kept.map((row) => [row.contactId, row]));
  const plan: SwapPlan = { added: [], changed: [], removed: [], entered: [], left: [] };
  for (const { contactId, member, changesAt } of answers) {
    const was = before.get(contactId);
    before.delete(contactId);
    const stays = was !== undefined && was.member === member;
    if (!stays || was.changesAt !== changesAt) {
      const enteredAt = stays ? was.enteredAt : at;
      const row = { contactId, segmentId, workspaceId, member, enteredAt, changesAt };
      (was ? plan.changed : plan.added).push(row);
    }
    if (member && !was?.member) plan.entered.push(contactId);
    if (!member && was?.member) plan.left.push(contactId);
  }
  for (const row of before.values()) {
    plan.removed.push(row);
    if (row.member) plan.left.push(row.contactId);
  }
  return plan;
}

/** The snapshot's answers for whom was not touched since; else the live ones. */
export function joinAnswers({
  snapshot,
  live,
}: {
  snapshot: readonly Answer[];
  live: readonly Answer[];
}): Answer[] {
  const touched = new Set(live.map(({ contactId }) => contactId));
  const untouched =
    live.length === 0 ? snapshot : snapshot.filter(({ contactId }) => !touched.has(contactId));
  return [...live.filter(({ member, changesAt }) => member || changesAt !== null), ...untouched];
}
