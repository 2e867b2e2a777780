import { keepSurvivors, type ContactTable } from '../contact-rows/index.ts';

export const contactTables: ContactTable[] = [
  // Each place in a call became one contact, so no two contacts have the same.
  { table: 'import_results', conflict: { key: ['session_id', 'n'], settle: keepSurvivors } },
];
