import { sqlState } from './pool.ts';

/** Nobody listens, or what listened is gone; and a name that is not known yet, as beside a container that starts. */
const CODES = [
  'ECONNREFUSED',
  'ENOENT',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
];

/** Starting up or shutting down, ended by an administrator, all connections taken. */
const STATES = ['57P03', '57P01', '53300'];

/** As the driver says that nobody answered in time. */
const TIMED_OUT = ['timeout expired', 'timeout exceeded when trying to connect'];

/** Nobody answers yet, or no longer. */
export function isUnreachable(error: unknown): boolean {
  if (CODES.includes((error as NodeJS.ErrnoException).code ?? '')) return true;
  if (STATES.includes(sqlState(error) ?? '')) return true;
  const { message } = error as Error;
  return message.startsWith('Connection terminated') || TIMED_OUT.includes(message);
}
