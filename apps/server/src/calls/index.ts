export { contactTables } from './contact-tables.ts';
export { driveCalls } from './drive-calls.ts';
export { CALLS_CHANNEL, cancelCalls, insertCalls } from './insert-calls.ts';
export type { NewCall } from './insert-calls.ts';
export { ANSWER_BYTES } from './read-answer.ts';
export { trimCalls } from './trim-calls.ts';
