import { takeLater, type ContactTable } from '../contact-rows/index.ts';

export const contactTables: ContactTable[] = [
  // An order belongs to one contact, so there is no such pair; if there were, the latest word counts.
  { table: 'orders', conflict: { key: ['external_order_id'], settle: takeLater('set_at') } },
];
