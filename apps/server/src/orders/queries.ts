import type { Db, Tx } from '../db/index.ts';
import type { Json, JsonObject } from '../inbox/index.ts';
import type { OrderKey, OrderState, OrderStatus } from './order.ts';

interface StoredOrder {
  contact_id: number;
  external_order_id: string;
  workspace_id: number;
  status: OrderStatus;
  total: number;
  currency: string | null;
  ordered_at: Date;
  items: Json[];
  details: JsonObject;
  source: string;
  set_at: Date;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = `contact_id, external_order_id, workspace_id, status, total::float8 as total, currency, ordered_at,
                 items, details, source, set_at, created_at, updated_at`;

/** Orders of contacts whose slots are owned. Index: orders_pkey. */
export async function loadOrders(tx: Tx, { keys }: { keys: OrderKey[] }): Promise<OrderState[]> {
  if (keys.length === 0) return [];
  const { rows } = await tx.query<StoredOrder>({
    name: 'load_orders',
    text: `select ${COLUMNS} from orders
            where contact_id = any($1) and external_order_id = any($2)`,
    values: [
      [...new Set(keys.map((key) => key.contactId))],
      [...new Set(keys.map((key) => key.externalOrderId))],
    ],
  });
  return rows.map(toState);
}

/** All orders of these contacts. Index: orders_pkey. */
export async function ordersOfContacts(
  db: Db,
  { contactIds }: { contactIds: number[] },
): Promise<OrderState[]> {
  if (contactIds.length === 0) return [];
  const { rows } = await db.query<StoredOrder>({
    name: 'orders_of_contacts',
    text: `select ${COLUMNS} from orders where contact_id = any($1)`,
    values: [contactIds],
  });
  return rows.map(toState);
}

/** Writes whole rows, new or changed. */
export async function saveOrders(tx: Tx, { orders }: { orders: OrderState[] }): Promise<void> {
  if (orders.length === 0) return;
  const instants = (of: (order: OrderState) => number): string[] =>
    orders.map((order) => new Date(of(order)).toISOString());
  await tx.query({
    name: 'save_orders',
    text: `insert into orders (contact_id, external_order_id, workspace_id, status, total, currency, ordered_at,
                               items, details, source, set_at, created_at, updated_at)
           select * from unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::numeric[], $6::text[],
                                $7::timestamptz[], $8::jsonb[], $9::jsonb[], $10::text[], $11::timestamptz[],
                                $12::timestamptz[], $13::timestamptz[])
               on conflict on constraint orders_pkey do update
              set status = excluded.status, total = excluded.total, currency = excluded.currency,
                  ordered_at = excluded.ordered_at, items = excluded.items, details = excluded.details,
                  source = excluded.source, set_at = excluded.set_at, updated_at = excluded.updated_at`,
    values: [
      orders.map((o) => o.contactId),
      orders.map((o) => o.externalOrderId),
      orders.map((o) => o.workspaceId),
      orders.map((o) => o.status),
      orders.map((o) => o.total),
      orders.map((o) => o.currency),
      instants((o) => o.orderedAt),
      orders.map((o) => JSON.stringify(o.items)),
      orders.map((o) => JSON.stringify(o.details)),
      orders.map((o) => o.source),
      instants((o) => o.setAt),
      instants((o) => o.createdAt),
      instants((o) => o.updatedAt),
    ],
  });
}

function toState(row: StoredOrder): OrderState {
  return {
    contactId: row.contact_id,
    externalOrderId: row.external_order_id,
    workspaceId: row.workspace_id,
    status: row.status,
    total: row.total,
    currency: row.currency,
    orderedAt: row.ordered_at.getTime(),
    items: row.items,
    details: row.details,
    source: row.source,
    setAt: row.set_at.getTime(),
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
  };
}

export type OrderRow = Omit<StoredOrder, 'workspace_id' | 'set_at'>;

/** The last order of a page. */
export type OrderPosition = [orderedAt: string, externalOrderId: string];

/** Newest first. Index: orders_pkey; a contact has hundreds of orders, not millions. */
export async function listOrders(
  db: Db,
  {
    contactId,
    after,
    limit,
  }: { contactId: number; after?: OrderPosition | undefined; limit: number },
): Promise<OrderRow[]> {
  const { rows } = await db.query<OrderRow>(
    `select ${COLUMNS} from orders
      where contact_id = $1
        and ($2::timestamptz is null or (ordered_at, external_order_id) < ($2, $3))
      order by ordered_at desc, external_order_id desc
      limit $4`,
    [contactId, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
  return rows;
}

export interface OrdersInfo {
  lastDate: Date;
  count: number;
}

/** Of each contact that has orders. Index: orders_pkey. */
export async function summarizeOrders(
  db: Db,
  { contactIds }: { contactIds: number[] },
): Promise<Map<number, OrdersInfo>> {
  if (contactIds.length === 0) return new Map();
  const { rows } = await db.query<OrdersInfo & { contact_id: number }>(
    `select contact_id, max(ordered_at) as "lastDate", count(*) as count
       from orders where contact_id = any($1) group by contact_id`,
    [contactIds],
  );
  return new Map(rows.map(({ contact_id: id, ...info }) => [id, info]));
}
