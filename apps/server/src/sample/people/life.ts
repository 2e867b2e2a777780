import { localTime, type LocalDay } from './local-time.ts';
import type { Person } from './person.ts';

export type Plan = 'free' | 'trial' | 'plus' | 'pro';

/** What changes about a person: the app would keep it in its own database. */
export interface Life {
  signedUp: boolean;
  plan: Plan;
  /** Of the trial that runs or ran last, epoch milliseconds. */
  trialEndsAt: number | undefined;
  /** Decided when the trial begins. */
  willStay: boolean;
  paysSince: LocalDay | undefined;
  /** Days in a row with a workout, up to the last one. */
  streak: number;
  longestStreak: number;
  lastWorkoutAt: number | undefined;
  lastWorkoutKind: string | undefined;
  workouts: number;
  weight: number;
}

export function newLife(person: Person): Life {
  return {
    signedUp: false,
    plan: 'free',
    trialEndsAt: undefined,
    willStay: false,
    paysSince: undefined,
    streak: 0,
    longestStreak: 0,
    lastWorkoutAt: undefined,
    lastWorkoutKind: undefined,
    workouts: 0,
    weight: person.weight,
  };
}

/** One more for every ten workouts. */
export function levelOf({ workouts }: Life): number {
  return 1 + Math.floor(workouts / 10);
}

/** The person's own day of the last workout. */
export function lastWorkoutDay(person: Person, { lastWorkoutAt }: Life): LocalDay | undefined {
  return lastWorkoutAt === undefined ? undefined : localTime(person.zone, lastWorkoutAt).day;
}

/** A streak is lost when a whole day went by without a workout. */
export function hasLostStreak(person: Person, life: Life, today: LocalDay): boolean {
  const last = lastWorkoutDay(person, life);
  return life.streak > 0 && last !== undefined && last < today - 1;
}
