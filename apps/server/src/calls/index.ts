export { contactTables } from './contact-tables.ts';
export { driveCalls } from './drive-calls.ts';
export { CALLS_CHANNEL, cancelCalls, insertCalls } from './insert-calls.ts';
export type { NewCall } from './insert-calls.ts';
export { makeCall } from './make-call.ts';
export { ANSWER_BYTES } from './read-answer.ts';
export { callRoutes } from './routes.ts';
export { showRequest } from './show-call.ts';
export { trimCalls } from './trim-calls.ts';
