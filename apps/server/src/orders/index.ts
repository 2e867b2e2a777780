export { changeOrder, describeOrder } from './change-order.ts';
export { contactTables } from './contact-tables.ts';
export { factOf, ORDER_FACTS, orderKey } from './order.ts';
export type { OrderKey, OrderState } from './order.ts';
export { loadOrders, ordersOfContacts, saveOrders, summarizeOrders } from './queries.ts';
export type { OrdersInfo } from './queries.ts';
export { orderBody, orderOfEvent, readOrder } from './read-order.ts';
export { orderRoutes } from './routes.ts';
export { orderFactsSql } from './order-facts-sql.ts';
