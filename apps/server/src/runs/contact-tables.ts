import { keepSurvivors, type ContactTable } from '../contact-rows/index.ts';

export const contactTables: ContactTable[] = [
  { table: 'runs', slotted: true },
  { table: 'run_steps', follows: { table: 'runs', by: 'run_id' } },
  { table: 'not_started' },
  { table: 'test_launches' },
  {
    table: 'date_starts',
    slotted: true,
    conflict: { key: ['workflow_id'], settle: keepSurvivors },
  },
];
