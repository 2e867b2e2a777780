import { takeOut } from '../contact-rows/index.ts';
import type { ContactState } from './contact-state.ts';
import { heldBy, hold, settleValues, type HeldValue, type JoinedCards } from './merge-contacts.ts';

export interface PartedPair {
  keep: ContactState;
  drop: ContactState;
  cards: JoinedCards;
  /** Of merges into the survivor since, in order; they choose again without this one. */
  later: JoinedCards[];
  externalIds: { keep: string | null; drop: string | null };
  /** When it is applied. */
  at: number;
}

/**
 * Makes two cards of one. The dropped contact is as it was before the merge; the survivor keeps
 * what was set since, and has its own value again where the merge chose the other's.
 */
export function partContacts(pair: PartedPair): void {
  const { keep, drop, cards, later, externalIds, at } = pair;
  for (const field of Object.keys(cards.fields)) partField(pair, field);
  partTimes(pair);
  Object.assign(keep, { externalId: externalIds.keep, updatedAt: at });
  Object.assign(drop, {
    ...cards.dropped,
    externalId: externalIds.drop,
    mergedInto: null,
    updatedAt: at,
  });
  for (const { kept } of later) kept.externalId = keep.externalId;
}

function partField({ keep, cards, later }: PartedPair, field: string): void {
  const { from, to } = takeOut(
    cards.fields[field]!,
    later.flatMap(({ fields }) => (Object.hasOwn(fields, field) ? fields[field]! : [])),
    { settle: settleValues, same: isSame },
  );
  const current = heldBy(keep, field);
  if (current && isSame(current, from)) hold(keep, field, to);
}

function isSame(a: HeldValue, b: HeldValue): boolean {
  return JSON.stringify([a.value, a.set]) === JSON.stringify([b.value, b.set]);
}

/** Created when the older was, last seen when the later was: what it got by the merge goes. */
function partTimes({ keep, cards, later }: PartedPair): void {
  const heads = [cards.kept, ...later.map(({ dropped }) => dropped)];
  if (keep.createdAt === cards.dropped.createdAt)
    keep.createdAt = Math.min(...heads.map(({ createdAt }) => createdAt));
  if (keep.lastSeenAt === cards.dropped.lastSeenAt)
    keep.lastSeenAt = Math.max(...heads.map(({ lastSeenAt }) => lastSeenAt ?? 0)) || null;
  for (const { kept } of later) {
    if (kept.createdAt === cards.dropped.createdAt) kept.createdAt = keep.createdAt;
    if (kept.lastSeenAt === cards.dropped.lastSeenAt) kept.lastSeenAt = keep.lastSeenAt;
  }
}
