import { createRandom, type Random } from '../random.ts';
import { isoDay, type LocalDay } from './local-time.ts';
import { NAMES, readName } from './names.ts';
import { HABITS, type Habit, type Persona } from './personas.ts';
import { PLACES, type Place } from './places.ts';
import { makeDevice, type Device } from './device.ts';
import { GOALS, WORKOUTS, type Goal, type WorkoutKind } from './workouts.ts';

/** A user of Stride: who they are never changes, what they do is in their `Life`. */
export interface Person {
  n: number;
  userId: string;
  /** What the app or the site called them before they signed up. */
  anonymousId: string;
  email: string;
  phone: string | undefined;
  firstName: string;
  lastName: string;
  gender: 'female' | 'male';
  birthday: string;
  place: Place;
  city: string;
  zone: string;
  language: string;
  device: Device;
  persona: Persona;
  habit: Habit;
  /** Minutes after midnight at which they like to train. */
  trainsAt: number;
  goal: Goal;
  favourite: WorkoutKind;
  equipment: string[];
  weight: number;
  countsSteps: boolean;
  logsMeals: boolean;
  newsletter: boolean;
  /** Their own chance: asked day by day, never across people. */
  random: Random;
}

/** Everybody of the sample is made from this and a number. */
const SEED = 'stride 1';

/** The n-th person, from 1; the same for ever. `today` only dates birthdays. */
export function makePerson(n: number, { today }: { today: LocalDay }): Person {
  const random = createRandom(`${SEED} person ${n}`);
  const place = random.weighted(PLACES.map((entry) => [entry, entry.weight] as const));
  const female = random.chance(0.54);
  const names = NAMES[place.names];
  const first = readName(random.pick(female ? names.female : names.male), { female });
  const last = readName(random.pick(names.last), { female });
  const [city, zone] = random.pick(place.cities);
  const persona = random.weighted(HABITS.map((habit) => [habit.persona, habit.share] as const));
  const habit = HABITS.find((entry) => entry.persona === persona)!;
  return {
    n,
    userId: `user-${10_000 + n}`,
    anonymousId: random.uuid(),
    email: `${first.latin}.${last.latin}.${n}@${random.pick(MAIL_DOMAINS)}`,
    phone: phoneOf(place, n, random),
    firstName: first.name,
    lastName: last.name,
    gender: female ? 'female' : 'male',
    birthday: isoDay(today - Math.round((19 + random.next() ** 1.6 * 45) * 365.25)),
    place,
    city,
    zone,
    language: random.weighted(place.languages),
    device: makeDevice(random),
    persona,
    habit,
    trainsAt: Math.round(random.around(random.weighted(TRAINING_HOURS), 70)),
    goal: random.weighted(GOALS),
    favourite: random.pick(WORKOUTS).kind,
    equipment: EQUIPMENT.filter(() => random.chance(0.3)),
    weight: Math.round(random.around(female ? 67 : 81, 22) * 10) / 10,
    countsSteps: random.chance(0.42),
    logsMeals: random.chance(0.16),
    newsletter: random.chance(0.7),
    random,
  };
}

/** Set aside for examples (RFC 2606): no mail to them ever reaches anybody. */
const MAIL_DOMAINS = ['example.com', 'example.com', 'example.org', 'example.net'];

const EQUIPMENT = ['mat', 'dumbbells', 'kettlebell', 'resistance bands', 'treadmill', 'bike'];

const TRAINING_HOURS = [
  [6.5 * 60, 3],
  [8.5 * 60, 2],
  [12.5 * 60, 1.5],
  [18.5 * 60, 4],
  [20.5 * 60, 2.5],
] as const;

function phoneOf(place: Place, n: number, random: Random): string | undefined {
  const wants = random.chance(0.55);
  if (!wants || !place.phones) return undefined;
  const { first, size } = place.phones;
  return `+${first[Math.floor(n / size) % first.length]! + (n % size)}`;
}
