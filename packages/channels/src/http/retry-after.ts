import type { HttpAnswer } from './http-port.ts';

const SECOND = 1_000;
/** Nobody is taken at their word for longer: a wrong header must not stop a channel for good. */
const LONGEST_MS = 6 * 3_600 * SECOND;

/**
 * Until when the answer asks to be left alone: `Retry-After` in seconds or as a date (RFC 9110
 * §10.2.3), else the reset of a limit, in seconds or as an instant in seconds. Dates are compared
 * with the answer's own clock.
 */
export function retryAfter(answer: HttpAnswer, { now }: { now: Date }): Date | undefined {
  const { headers } = answer;
  const there = Date.parse(headers['date'] ?? '') || now.getTime();
  const wait =
    waitOf(headers['retry-after'], there) ??
    waitOf(headers['x-ratelimit-reset'] ?? headers['ratelimit-reset'], there);
  return wait === undefined
    ? undefined
    : new Date(now.getTime() + Math.min(Math.max(wait, SECOND), LONGEST_MS));
}

/** A number this large is an instant, not a time to wait. */
const INSTANT = 1_000_000_000;

function waitOf(text: string | undefined, there: number): number | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) {
    const wait = seconds >= INSTANT ? seconds * SECOND - there : seconds * SECOND;
    return wait >= 0 ? wait : 0;
  }
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : Math.max(0, instant - there);
}
