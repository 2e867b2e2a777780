export { contactTables } from './contact-tables.ts';
export {
  findSession,
  forgetSessions,
  insertSession,
  readResultsOf,
  recordImported,
} from './queries.ts';
export type { ImportResult, ImportSession, PartOutcome } from './queries.ts';
