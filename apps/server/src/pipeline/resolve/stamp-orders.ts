import type { OrderFacts, OrderItem } from '../../inbox/index.ts';
import type { Decision } from './decision.ts';
import type { Arrived } from './queries.ts';
import { recordDecision } from './record-decision.ts';
import { orderIn, orderItemOf } from './resolve-orders.ts';
import { stamp } from './stamp.ts';
import type { Turn } from './turn.ts';

/** An order goes to the contact that has it; a new one to whom its identifiers find. */
export function stampOrder(
  turn: Turn,
  { order }: OrderItem,
  entry: Arrived,
  resolveNew: () => Decision,
): void {
  const owner = ownerNow(turn, order);
  if (owner !== undefined) {
    turn.into.stamped.push(stamp(turn.workspaceId, entry, owner));
    return;
  }
  const decision = resolveNew();
  recordDecision(turn, decision, entry);
  if (decision.kind === 'found') turn.orders.own(order.externalOrderId, decision.contactId);
}

/** Some events are orders, too: of the contact of the event, unless somebody has them. */
export function stampToldOrder(turn: Turn, decision: Decision, entry: Arrived): void {
  const facts = orderIn(entry.item);
  if (!facts) return;
  const owner = ownerNow(turn, facts);
  const contactId = owner ?? (decision.kind === 'found' ? decision.contactId : undefined);
  if (contactId === undefined || (owner === undefined && !isWhole(facts))) return;
  if (owner === undefined) turn.orders.own(facts.externalOrderId, contactId);
  turn.into.stamped.push({
    ...stamp(turn.workspaceId, entry, contactId),
    item: orderItemOf(entry.item, facts),
  });
}

function isWhole({ mustExist, status, total }: OrderFacts): boolean {
  return !mustExist && status !== undefined && total !== undefined;
}

/** The first contact that had it, or whom that one became. */
function ownerNow(
  { directory, orders }: Turn,
  { externalOrderId }: OrderFacts,
): number | undefined {
  const first = orders.ownerOf(externalOrderId);
  if (first === undefined) return undefined;
  return directory.find('contact', String(first))[0]?.contactId ?? first;
}
