export * from './item.ts';
export * from './inbox.ts';
export * from './results.ts';
export * from './run-ticket.ts';
export * from './payload.ts';
export { appendWithin, ARRIVAL_LOCK, INBOX_CHANNEL } from './flush.ts';
