import type { Membership } from './membership-change.ts';
import type { Answer } from './version-answers.ts';

export interface SwapPlan {
  /** Rows to write, new or changed. */
  written: Membership[];
  removed: Membership[];
  /** Contacts that become members, and that cease to be some. */
  entered: number[];
  left: number[];
}

/** What the members of one slot become: those who stay keep since when they are members. */
export function planSwap({
  answers,
  kept,
  segmentId,
  workspaceId,
  at,
}: {
  answers: Iterable<Answer>;
  /** Rows of the segment in this slot as they are. */
  kept: readonly Membership[];
  segmentId: number;
  workspaceId: number;
  /** The instant at which it happens. */
  at: number;
}): SwapPlan {
  const before = new Map(kept.map((row) => [row.contactId, row]));
  const plan: SwapPlan = { written: [], removed: [], entered: [], left: [] };
  for (const { contactId, member, changesAt } of answers) {
    const was = before.get(contactId);
    before.delete(contactId);
    const stays = was !== undefined && was.member === member;
    if (!stays || was.changesAt !== changesAt) {
      const enteredAt = stays ? was.enteredAt : at;
      plan.written.push({ contactId, segmentId, workspaceId, member, enteredAt, changesAt });
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

/** The snapshot's answers, of contacts that are there, for whom was not touched since; else the live ones. */
export function joinAnswers({
  snapshot,
  live,
  isThere,
}: {
  snapshot: readonly Answer[];
  live: readonly Answer[];
  isThere: (contactId: number) => boolean;
}): Answer[] {
  const touched = new Set(live.map(({ contactId }) => contactId));
  return [...live, ...snapshot.filter(({ contactId }) => !touched.has(contactId))].filter(
    ({ contactId, member, changesAt }) => (member || changesAt !== null) && isThere(contactId),
  );
}
