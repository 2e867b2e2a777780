import type { InboxItem } from '../../inbox/index.ts';
import { tell } from '../outcomes.ts';
import { decideJoin, decidePart } from './decide-by-hand.ts';
import type { Decision } from './decision.ts';
import { indexFields, indexValue } from './index-fields.ts';
import type { Arrived } from './queries.ts';
import { recordDecision, recordPart } from './record-decision.ts';
import type { Resolution } from './resolution.ts';
import { resolveItem } from './resolve-item.ts';
import { stampOrder, stampToldOrder } from './stamp-orders.ts';
import { stamp, stampErasure } from './stamp.ts';
import type { Turn } from './turn.ts';

/** Decides about one item after the other; each sees what those before it changed. */
export function decideItems(arrived: Arrived[], turn: Turn): Resolution {
  for (const entry of arrived) decideItem(turn, entry);
  return { ...turn.into, orders: turn.orders.fresh(), ...turn.directory.changes() };
}

function decideItem(turn: Turn, entry: Arrived): void {
  const { workspaceId, directory, known, rules, indexed, into } = turn;
  const { item } = entry;
  if (item.kind === 'erase')
    into.stamped.push(stampErasure(directory, workspaceId, { ...entry, item }));
  else if (item.kind === 'index') indexValue(directory, { item, indexed });
  else if (item.kind === 'suppression') stampSharers(turn, entry);
  else if (item.kind === 'delivery') into.stamped.push(stamp(workspaceId, entry, item.contactId));
  else if (item.kind === 'part') recordPart(turn, decidePart(directory, item, { known }), entry);
  else if (item.kind === 'order') stampOrder(turn, item, entry, () => resolveNew(turn, entry));
  else if (item.kind === 'join') decidePerson(turn, decideJoin(directory, item, { rules }), entry);
  else decidePerson(turn, resolveNew(turn, entry), entry);
}

function resolveNew(
  { directory, mint, rules, deleted }: Turn,
  { item, receivedAt: arrivedAt }: Arrived,
): Decision {
  return resolveItem(directory, item, { mint, rules, deleted, arrivedAt });
}

function decidePerson(turn: Turn, decision: Decision, entry: Arrived): void {
  recordDecision(turn, decision, entry);
  noteDeletion(turn, decision, entry);
  keepIndexed(turn, decision, entry);
  stampToldOrder(turn, decision, entry);
}

/** Who is deleted, and who comes back, for the items behind this one. */
function noteDeletion({ deleted }: Turn, decision: Decision, { item }: Arrived): void {
  if (decision.kind !== 'found') return;
  if (item.kind === 'delete') deleted.add(decision.contactId);
  if (isRestoring(item)) deleted.delete(decision.contactId);
}

function isRestoring(item: InboxItem): boolean {
  return item.kind === 'identify' && item.restore !== false;
}

/** The identifiers that an item's fields are; says so on the stamped item. */
function keepIndexed(
  { directory, indexed, into }: Turn,
  decision: Decision,
  { item }: Arrived,
): void {
  if (decision.kind !== 'found') return;
  const { contactId } = decision;
  if (indexFields(directory, { item, contactId, indexed })) into.stamped.at(-1)!.indexed = true;
}

/** An address may belong to several contacts: the fact is one of each of them. */
function stampSharers({ workspaceId, directory, into }: Turn, arrived: Arrived): void {
  const contacts = new Set(
    arrived.item.ids.flatMap(([kind, value]) =>
      directory.find(kind, value).map((row) => row.contactId),
    ),
  );
  for (const contactId of contacts) into.stamped.push(stamp(workspaceId, arrived, contactId));
  if (contacts.size === 0) tell(arrived.item, { ok: true, contactId: 0, minted: false }, into);
}
