import type { InboxItem } from '../../inbox/index.ts';
import type { PartDecision } from './decide-by-hand.ts';
import type { Decision, Found, JoinedPair } from './decision.ts';
import type { DecidedMerge } from './merge-queries.ts';
import type { Arrived } from './queries.ts';
import { refuse, type Resolution } from './resolution.ts';
import { stamp, stampFound } from './stamp.ts';
import type { Turn } from './turn.ts';

/** Stamps the item for its contact, behind what its decision means for other contacts. */
export function recordDecision(turn: Turn, decision: Decision, arrived: Arrived): void {
  const { workspaceId, into } = turn;
  if (decision.kind === 'refused') return refuse(decision, arrived, into);
  if (decision.kind === 'nobody') {
    into.stamped.push(stamp(workspaceId, arrived, 0));
    return;
  }
  for (const loss of decision.losses) recordLoss(turn, loss, arrived);
  for (const pair of decision.merges) recordMerge(turn, pair, arrived);
  if (isRepeatIn(into, arrived.item, decision)) return;
  into.stamped.push(stampFound(workspaceId, arrived, decision));
}

function recordLoss(
  { workspaceId, into }: Turn,
  { contactId, lost }: Found['losses'][number],
  arrived: Arrived,
): void {
  const { at, source } = arrived.item;
  into.stamped.push({
    ...stamp(workspaceId, arrived, contactId),
    item: { kind: 'loss', lost, at, source },
  });
}

function recordMerge(
  { workspaceId, known, mintMerge, into }: Turn,
  pair: JoinedPair,
  arrived: Arrived,
): void {
  const decided = decidedMerge(arrived, pair, mintMerge());
  into.merges.push(decided);
  known.push({ ...decided.item, identifiers: pair.identifiers });
  for (const contactId of [pair.keepId, pair.dropId]) {
    into.stamped.push({ ...stamp(workspaceId, arrived, contactId), item: decided.item });
  }
}

function decidedMerge(
  { item }: Arrived,
  { keepId, dropId, by, identifiers }: JoinedPair,
  mergeId: number,
): DecidedMerge {
  const { at, source } = item;
  return {
    item: { kind: 'merge', mergeId, keepId, dropId, at, source },
    identifiers,
    ...(item.kind === 'join'
      ? { reason: 'by_hand', decidedBy: item.by, why: { source } }
      : { reason: item.kind, decidedBy: null, why: { source, identifier: by, ...eventOf(item) } }),
  };
}

function eventOf(item: InboxItem): { event?: string } {
  return item.kind === 'event' ? { event: item.event } : {};
}

/**
 * Whether the same event went to one of these contacts earlier in the batch: the queues of several
 * contacts have no order among the rows of one batch, and none that could tell it later.
 */
function isRepeatIn({ stamped }: Resolution, item: InboxItem, { elsewhere }: Found): boolean {
  if (elsewhere === undefined || item.kind !== 'event') return false;
  return stamped.some(
    ({ contactId, item: other }) =>
      other.kind === 'event' &&
      other.messageId === item.messageId &&
      other.event === item.event &&
      elsewhere.includes(contactId),
  );
}

/** A merge that is undone is in force no more, and both contacts hear of it. */
export function recordPart(turn: Turn, decision: PartDecision, arrived: Arrived): void {
  const { workspaceId, known, into } = turn;
  if (decision.kind === 'refused') return refuse(decision, arrived, into);
  const { item, later } = decision;
  known.splice(
    known.findIndex(({ mergeId }) => mergeId === item.mergeId),
    1,
  );
  into.parted.push(item);
  const stored = later.filter(
    ({ mergeId }) => !into.merges.some((m) => m.item.mergeId === mergeId),
  );
  into.rechosen.push(...stored);
  for (const contactId of [item.keepId, item.dropId]) {
    into.stamped.push({ ...stamp(workspaceId, arrived, contactId), item });
  }
  into.stamped.push(stamp(workspaceId, arrived, item.keepId));
}
