import { FACT_FLAGS } from '../events/index.ts';

/** Earlier times are a client's mistake (an unset clock, seconds for milliseconds). */
const EARLIEST = Date.UTC(2000, 0, 1);

export type FactTime = { ok: true; at: number; flags: number } | { ok: false; message: string };

/**
 * When it happened, on our clock: never later than its arrival. `skew` is how far the sender's
 * clock was ahead when it sent.
 */
export function factTime(
  claimed: number,
  { receivedAt, skew = 0 }: { receivedAt: number; skew?: number },
): FactTime {
  const at = Math.trunc(claimed - skew);
  if (Number.isNaN(at)) return { ok: false, message: 'is not a date and time (ISO 8601)' };
  if (at < EARLIEST) return { ok: false, message: `lies before the year 2000: ${describe(at)}` };
  if (at > receivedAt) return { ok: true, at: receivedAt, flags: FACT_FLAGS.clockAhead };
  return { ok: true, at, flags: 0 };
}

function describe(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString();
}
