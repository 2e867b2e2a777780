import { localTime, MINUTE_MS } from '../people/local-time.ts';
import type { Person } from '../people/person.ts';

const HOUR = 60;

/** How likely somebody is to look at the phone just now, from 0 to 1: at their hour, hardly at night. */
export function wakefulness(person: Person, at: number): number {
  const { minutes } = localTime(person.zone, at);
  if (minutes < 5.5 * HOUR || minutes > 23.5 * HOUR) return 0.02;
  const away = Math.abs(minutes - person.trainsAt) / (2.5 * HOUR);
  return 0.22 + 0.78 * Math.exp(-away * away);
}

/** Livelier for so long after it began, for whoever has just come to look. */
export const LIVELY_MS = 15 * MINUTE_MS;

/** Events a second when most people are awake. */
const USUAL_RATE = 1;
const LIVELY_RATE = 2;
const LOWEST_RATE = 0.3;

/** Events a second, given how awake everybody is on average. */
export function rateOf({ awake, runningMs }: { awake: number; runningMs: number }): number {
  // At the best hour of the world about half of its people are at their phones.
  const hour = Math.max(LOWEST_RATE, Math.min(1, awake / 0.45));
  return runningMs < LIVELY_MS ? LIVELY_RATE : USUAL_RATE * hour;
}

/** Milliseconds until the next newcomer. */
export function newcomerGap({ runningMs, chance }: { runningMs: number; chance: number }): number {
  const usual = runningMs < LIVELY_MS ? 30_000 : 5 * MINUTE_MS;
  return usual * (0.5 + chance);
}
