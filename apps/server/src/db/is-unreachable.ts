import { sqlState } from './pool.ts';

/** Nobody listens, or what listened is gone. */
const AWAY_CODES = ['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE'];
/** Starting up or shutting down, ended by an administrator. */
const AWAY_STATES = ['57P03', '57P01'];

/** On the way to another machine; and a name that is not known yet, as beside a container that starts. */
const FAR_CODES = ['ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'];
/** All connections are taken. */
const BUSY_STATES = ['53300'];
/** As the driver says that nobody answered in time. */
const TIMED_OUT = ['timeout expired', 'timeout exceeded when trying to connect'];

/** No server is there: not yet, or no longer. */
export function isAway(error: unknown): boolean {
  if (AWAY_CODES.includes((error as NodeJS.ErrnoException).code ?? '')) return true;
  if (AWAY_STATES.includes(sqlState(error) ?? '')) return true;
  return (error as Error).message.startsWith('Connection terminated');
}

/** It may be there, and was too slow to say so. */
export function isTimedOut(error: unknown): boolean {
  return TIMED_OUT.includes((error as Error).message);
}

/** Nobody takes connections, for whatever reason that may pass. */
export function isUnreachable(error: unknown): boolean {
  if (isAway(error) || isTimedOut(error)) return true;
  if (FAR_CODES.includes((error as NodeJS.ErrnoException).code ?? '')) return true;
  return BUSY_STATES.includes(sqlState(error) ?? '');
}
