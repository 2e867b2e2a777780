import { idParams, orderSchema, pageOf } from '@perennial/contracts';
import { z } from 'zod';
import { findContact } from '../contacts/index.ts';
import { defineRoute, notFound, pageFrom, pageQuery, type ManageRoute } from '../http/index.ts';
import { mayReadPersonal, type Rights } from '../users/index.ts';
import { listOrders, type OrderRow } from './queries.ts';

const list = defineRoute({
  method: 'GET',
  url: '/contacts/:id/orders',
  right: 'contacts.read',
  summary: "List a contact's orders, newest first",
  description: 'Each in its latest state; its history is in the activity.',
  params: idParams,
  query: z.object(pageQuery(z.tuple([z.string(), z.string()]))),
  response: pageOf(orderSchema),
  handler: async ({ db, workspace, rights, params, query }) => {
    const contact = await findContact(db, {
      workspaceId: workspace.id,
      id: params.id,
      deletedToo: true,
    });
    if (!contact) throw notFound('contact');
    const { limit, cursor: after } = query;
    const rows = await listOrders(db, { contactId: contact.id, after, limit: limit + 1 });
    const page = pageFrom(rows, {
      limit,
      position: (row) => [row.ordered_at.toISOString(), row.external_order_id],
    });
    return { ...page, items: page.items.map((row) => view(row, rights)) };
  },
});

/** Where it was sent, and what was noted, says who somebody is. */
function view(row: OrderRow, rights: Rights): z.output<typeof orderSchema> {
  const { contact_id: _contact, external_order_id: id, details, ...order } = row;
  return { ...order, id, details: mayReadPersonal(rights) ? details : masked(details) };
}

function masked(details: OrderRow['details']): OrderRow['details'] {
  return Object.fromEntries(Object.keys(details).map((name) => [name, '•••']));
}

export const orderRoutes: ManageRoute[] = [list];
