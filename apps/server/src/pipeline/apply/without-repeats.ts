import type { Tx } from '../../db/pool.ts';
import { findRepeats, type EventTypes } from '../../events/index.ts';
import { writeResults, type Stamped, type TicketOutcome } from '../../inbox/index.ts';
import { typeIdsOf } from './write-facts.ts';

/** Without events that were applied before; who waits for one of those is told so. */
export async function withoutRepeats(
  tx: Tx,
  { types }: { types: EventTypes },
  { entries, now }: { entries: Stamped[]; now: Date },
): Promise<Stamped[]> {
  const typeIds = await typeIdsOf(
    entries.flatMap(({ workspaceId, item }) =>
      item.kind === 'event' ? [{ workspaceId, type: item.event }] : [],
    ),
    types,
    now,
  );
  const candidates: number[] = [];
  const joint = becomingOne(entries);
  const sightings = entries.flatMap(({ item, workspaceId, contactId, elsewhere = [] }, i) => {
    if (item.kind !== 'event' || item.messageId === undefined) return [];
    candidates.push(i);
    const typeId = typeIds.get(workspaceId)!.get(item.event)!;
    // A clock that ran ahead was set to the arrival, which differs from try to try.
    const ownTime = item.ownTime && ((item.flags ?? 0) & 2) === 0;
    const others = [...elsewhere, ...(joint.get(contactId) ?? [])];
    return [
      {
        workspaceId,
        contactId,
        typeId,
        messageId: item.messageId,
        at: item.at,
        ownTime,
        ...(others.length > 0 && { elsewhere: others }),
      },
    ];
  });
  if (sightings.length === 0) return entries;
  const stored = await findRepeats(tx, { sightings, now });
  const dropped = new Set<number>();
  const seen = new Set<string>();
  sightings.forEach((sighting, i) => {
    const { workspaceId, contactId, typeId, messageId, ownTime, elsewhere = [] } = sighting;
    const identities = ownTime
      ? [contactId, ...elsewhere].map((id) => `${id} ${typeId} ${messageId}`)
      : [`${workspaceId} ${messageId}`];
    if (stored.has(i) || identities.some((identity) => seen.has(identity)))
      dropped.add(candidates[i]!);
    seen.add(identities[0]!);
  });
  if (dropped.size === 0) return entries;
  await writeResults(tx, { outcomes: repeatOutcomes(entries, dropped), now });
  return entries.filter((_, i) => !dropped.has(i));
}

/**
 * Contacts that are merged, or two again, among these entries, each with the others: repeats are
 * looked for before that is done.
 */
function becomingOne(entries: Stamped[]): Map<number, number[]> {
  const groups = new Map<number, Set<number>>();
  for (const { item } of entries) {
    if (item.kind !== 'merge' && item.kind !== 'unmerge') continue;
    const { keepId, dropId } = item;
    const group = new Set([keepId, dropId].flatMap((id) => [id, ...(groups.get(id) ?? [])]));
    for (const id of group) groups.set(id, group);
  }
  return new Map([...groups].map(([id, group]) => [id, [...group].filter((one) => one !== id)]));
}

function repeatOutcomes(entries: Stamped[], dropped: Set<number>): TicketOutcome[] {
  return [...dropped].flatMap((i) => {
    const { item, contactId } = entries[i]!;
    const ticket = 'ticket' in item ? item.ticket : undefined;
    return ticket
      ? [{ ticket, outcome: { ok: true, contactId, minted: false, repeated: true } }]
      : [];
  });
}
