import type { OrderItem } from '../../../inbox/index.ts';
import { changeOrder, describeOrder, factOf, orderKey } from '../../../orders/index.ts';
import type { Of, WorkingSet } from '../working-set.ts';
import { change } from './change-fields.ts';
import { contactOf } from './contact-of.ts';
import { answer, own } from './tell.ts';

/** An order in its new state. */
export function handleOrder(entry: Of<OrderItem>, set: WorkingSet): void {
  const { item, contactId } = entry;
  const contact = contactOf(entry, set);
  if (entry.minted) change(entry, set, contact, { fields: item.fields, weak: false });
  const key = orderKey({ contactId, externalOrderId: item.order.externalOrderId });
  const changed = changeOrder(set.orders.get(key), {
    contactId,
    workspaceId: entry.workspaceId,
    facts: item.order,
    source: item.source,
    at: item.at,
    receivedAt: entry.receivedAt,
  });
  if (changed.kind === 'unknown') {
    return answer(entry, set, { ok: false, code: 'order_unknown', message: changed.reason });
  }
  if (changed.kind === 'changed') {
    const { order } = changed;
    set.orders.set(key, order);
    set.changedOrders.add(key);
    const { status, externalOrderId } = order;
    own(entry, set, factOf(status), describeOrder(order), {
      key: externalOrderId,
      flags: item.flags ?? 0,
    });
  }
  answer(entry, set, { ok: true, contactId, minted: entry.minted === true });
}
