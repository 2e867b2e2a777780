import type { ContactTable } from '../contact-rows/index.ts';

export const contactTables: ContactTable[] = [
  { table: 'workflow_calls', follows: { table: 'runs', by: 'run_id' } },
];
