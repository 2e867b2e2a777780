import type { ContactTable } from '../contact-rows/index.ts';

export const contactTables: ContactTable[] = [
  { table: 'sends', slotted: true, follows: { table: 'runs', by: 'run_id' } },
  { table: 'deliveries', slotted: true, follows: { table: 'sends', by: 'send_id' } },
  { table: 'sandbox_messages', follows: { table: 'deliveries', by: 'delivery_id' } },
];
