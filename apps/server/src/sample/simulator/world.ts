import type { JsonObject } from '../../inbox/index.ts';
import { createRandom, type Random } from '../random.ts';
import { USERS } from '../history/make-history.ts';
import { newLife, type Life, type Plan } from '../people/life.ts';
import { DAY_MS, MINUTE_MS } from '../people/local-time.ts';
import { makePerson, type Person } from '../people/person.ts';
import { wakefulness } from './rhythm.ts';

export interface Inhabitant {
  person: Person;
  life: Life;
  /** Of those the app has lost, few come by. */
  gone: boolean;
  /** Nobody comes by before: signing up takes a while. */
  from: number;
}

/** What a contact's card says about one of Stride's users. */
export interface StoredUser {
  external_id: string;
  fields: JsonObject;
  last_seen_at: Date | null;
}

/** Stride's users as the simulator knows them. */
export interface World {
  readonly size: number;
  inhabitants(): Iterable<Inhabitant>;
  /** Somebody who is likely to be awake. */
  anyoneAwake(now: number): Inhabitant | undefined;
  byEmail(address: string): Inhabitant | undefined;
  /** The next one to sign up, with a number that nobody had. */
  newcomer(now: number): Inhabitant;
  /** From 0 to 1. */
  awake(now: number): number;
}

/** The oldest leave the simulator's memory, never the database. */
export const MOST_INHABITANTS = 4000;
const FIRST_NUMBER = 10_000;
const SIGNING_UP_MS = 3 * MINUTE_MS;
const GONE_AFTER_MS = 21 * DAY_MS;

export function createWorld({
  users,
  now,
  random,
}: {
  users: StoredUser[];
  now: number;
  random: Random;
}): World {
  const inhabitants = users.flatMap((user) => inhabitantOf(user, { now, random }) ?? []);
  const byEmail = new Map(inhabitants.map((entry) => [entry.person.email, entry]));
  // Some of the sample's own may not be among those it remembers.
  let highest = Math.max(USERS, ...inhabitants.map(({ person }) => person.n));

  return {
    get size() {
      return inhabitants.length;
    },
    inhabitants: () => inhabitants,
    anyoneAwake(at) {
      for (let tries = 0; tries < 40 && inhabitants.length > 0; tries += 1) {
        const found = random.pick(inhabitants);
        const likely = wakefulness(found.person, at) * (found.gone ? 0.02 : 1);
        if (found.from <= at && random.chance(likely)) return found;
      }
      return undefined;
    },
    byEmail: (address) => byEmail.get(address),
    newcomer(at) {
      highest += 1;
      const person = enter(highest, { now: at, random });
      const newcomer = { person, life: newLife(person), gone: false, from: at + SIGNING_UP_MS };
      inhabitants.push(newcomer);
      byEmail.set(newcomer.person.email, newcomer);
      if (inhabitants.length > MOST_INHABITANTS) byEmail.delete(inhabitants.shift()!.person.email);
      return newcomer;
    },
    awake(at) {
      const some = inhabitants.filter((entry, i) => i % 10 === 0 && !entry.gone);
      const sum = some.reduce((total, { person }) => total + wakefulness(person, at), 0);
      return some.length === 0 ? 0 : sum / some.length;
    },
  };
}

/** Who somebody is follows from the number; what they do next must not repeat what they did. */
function enter(n: number, { now, random }: { now: number; random: Random }): Person {
  const person = makePerson(n, { today: Math.floor(now / DAY_MS) });
  return { ...person, random: createRandom(`live ${n} ${random.next()}`) };
}

function inhabitantOf(
  { external_id, fields, last_seen_at: lastSeen }: StoredUser,
  { now, random }: { now: number; random: Random },
): Inhabitant | undefined {
  const n = Number(/^user-(\d{5,9})$/.exec(external_id)?.[1]) - FIRST_NUMBER;
  if (!(n > 0)) return undefined;
  const person = enter(n, { now, random });
  const gone = lastSeen === null || now - lastSeen.getTime() > GONE_AFTER_MS;
  return { person, life: lifeOf(person, fields), gone, from: now };
}

const PLANS: readonly Plan[] = ['free', 'trial', 'plus', 'pro'];

function lifeOf(person: Person, fields: JsonObject): Life {
  const number = (key: string, otherwise: number): number => {
    const value = fields[`custom.${key}`];
    return typeof value === 'number' ? value : otherwise;
  };
  const instant = (key: string): number | undefined => {
    const value = fields[`custom.${key}`];
    const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(at) ? undefined : at;
  };
  return {
    ...newLife(person),
    signedUp: true,
    plan: PLANS.find((plan) => plan === fields['custom.plan']) ?? 'free',
    trialEndsAt: instant('trial_ends_at'),
    willStay: person.random.chance(person.habit.stays),
    streak: number('streak_days', 0),
    longestStreak: number('longest_streak', 0),
    lastWorkoutAt: instant('last_workout_at'),
    lastWorkoutKind: person.favourite,
    workouts: number('workouts_completed', 0),
    weight: number('weight_kg', person.weight),
  };
}
