export { startLine } from './line.ts';
export type { Line } from './line.ts';
export { doWork } from './do-work.ts';
export { forgetContact as forgetContactInJobs } from './forget-contact.ts';
export { enqueueJob } from './enqueue-job.ts';
export { keepContacts, nextPiece } from './job-contacts.ts';
export type { Piece } from './job-contacts.ts';
export { inLongStatement } from './long-statement.ts';
export { collectOutcomes, ticketOf } from './outcomes.ts';
export { presentJob, UNDO_MS } from './present-job.ts';
export {
  countChanges,
  findJob,
  isMentionedByWork,
  listFinal,
  listJobs,
  forgetJobs,
  readChanges,
  readFile,
  sizeOfFile,
  type JobRow,
} from './queries.ts';
export { jobRoutes } from './routes.ts';
export { startJobs } from './start-jobs.ts';
export type { Jobs, JobsOptions, PeriodicJob } from './start-jobs.ts';
export * from './work.ts';
