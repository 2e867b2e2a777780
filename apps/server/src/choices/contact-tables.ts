import type { ContactTable } from '../contact-rows/index.ts';

export const contactTables: ContactTable[] = [
  { table: 'choices', slotted: true, follows: { table: 'sends', by: 'send_id' } },
];
