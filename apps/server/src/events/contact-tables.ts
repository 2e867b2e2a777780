import type { ContactTable } from '../contact-rows/index.ts';

/** What is told of a message goes where the message goes. */
export const contactTables: ContactTable[] = [
  { table: 'events', follows: { table: 'sends', byParam: 'send' } },
];
