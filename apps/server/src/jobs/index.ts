export { startJobs } from './start-jobs.ts';
export type { Jobs, JobsOptions, PeriodicJob } from './start-jobs.ts';
