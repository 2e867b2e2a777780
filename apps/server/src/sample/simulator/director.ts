import {
  countSteps,
  endTrial,
  inviteFriend,
  logMeal,
  lookAroundUnknown,
  loseStreak,
  openApp,
  setGoal,
  signUp,
  startTrial,
  syncProgress,
  train,
  viewPlans,
  type Call,
} from '../people/deeds.ts';
import { hasLostStreak, lastWorkoutDay } from '../people/life.ts';
import { localTime, MINUTE_MS, weekdayOf } from '../people/local-time.ts';
import { makeWorkout } from '../people/workouts.ts';
import type { Random } from '../random.ts';
import { LIVELY_MS, newcomerGap, rateOf } from './rhythm.ts';
import type { Inhabitant, World } from './world.ts';

/** Decides who does what next. Knows no clock and no network: the caller says what time it is. */
export interface Director {
  /** The calls due by now, in order of their times; ask a few times a second. */
  due(now: number): Call[];
  /** Somebody comes by because of a message. */
  invite(address: string, now: number): void;
  /** Calls that wait for their time. */
  readonly waiting: number;
}

/** Workouts under way, people in the middle of signing up. */
const MOST_WAITING = 500;
/** After a pause of the machine, what was missed is not made up for. */
const LONGEST_STEP_MS = 2000;
/** Streaks end at midnight, all at once; the news of it is spread. */
const BETWEEN_LOSSES_MS = 5000;

export function createDirector({
  world,
  random,
  startedAt,
}: {
  world: World;
  random: Random;
  startedAt: number;
}): Director {
  const waiting: Call[] = [];
  let credit = 0;
  let lastAsked = startedAt;
  let nextNewcomer = startedAt + 3000;
  let nextLoss = startedAt + 8000;
  const losers = rounds(world);

  function plan(calls: Call[]): void {
    waiting.push(...calls.slice(0, MOST_WAITING - waiting.length));
  }

  function happen(now: number): void {
    const runningMs = now - startedAt;
    if (now >= nextNewcomer) {
      nextNewcomer = now + newcomerGap({ runningMs, chance: random.next() });
      plan(arrive(world.newcomer(now), now));
    } else if (now >= nextLoss) {
      nextLoss = now + BETWEEN_LOSSES_MS;
      plan(somethingEnds(losers, now));
    } else {
      const someone = world.anyoneAwake(now);
      if (someone) plan(visit(someone, now, { warm: runningMs < 2 * LIVELY_MS }));
    }
  }

  return {
    get waiting() {
      return waiting.length;
    },
    due(now) {
      const elapsed = Math.min(LONGEST_STEP_MS, Math.max(0, now - lastAsked));
      lastAsked = now;
      credit += (elapsed / 1000) * rateOf({ awake: world.awake(now), runningMs: now - startedAt });
      const before = waiting.length;
      if (credit >= 1) happen(now);
      // Also for the calls that are still to come: a workout is paid for when it begins.
      credit = Math.min(10, credit - Math.max(0, waiting.length - before));
      return takeDue(waiting, now);
    },
    invite(address, now) {
      const someone = world.byEmail(address);
      if (!someone) return;
      someone.gone = false;
      plan(visit(someone, now, { warm: false }));
    },
  };
}

function takeDue(waiting: Call[], now: number): Call[] {
  const due = waiting.filter((call) => call.at <= now).toSorted((a, b) => a.at - b.at);
  if (due.length === 0) return due;
  const left = waiting.filter((call) => call.at > now);
  waiting.splice(0, waiting.length, ...left);
  return due;
}

/** Looks around, signs up, sets a goal; some try the paid plan, some train at once. */
function arrive({ person, life }: Inhabitant, now: number): Call[] {
  const { random, habit } = person;
  const looks = random.chance(0.5);
  const at = looks ? now + random.int(12, 25) * 1000 : now;
  return [
    ...(looks ? lookAroundUnknown(person, life, now) : []),
    ...signUp(person, life, at),
    ...openApp(person, life, at + 1500),
    ...(random.chance(habit.tries * 0.5)
      ? [...viewPlans(person, life, at + 40_000), ...startTrial(person, life, at + 55_000)]
      : []),
    ...(random.chance(habit.weekday * 0.6) ? workOut({ person, life }, at + 3 * MINUTE_MS, 1) : []),
  ];
}

/** Opens the app; trains if it is a day for it, else does something small. */
function visit(inhabitant: Inhabitant, now: number, { warm }: { warm: boolean }): Call[] {
  const { person, life } = inhabitant;
  const { random, habit } = person;
  const { day } = localTime(person.zone, now);
  const calls = [
    ...(hasLostStreak(person, life, day) ? loseStreak(person, life, now) : []),
    ...openApp(person, life, now + 400),
  ];
  const usual = weekdayOf(day) >= 6 ? habit.weekend : habit.weekday;
  const trained = lastWorkoutDay(person, life) === day;
  const chance = life.streak >= 3 ? (habit.keepsGoing ?? usual) : usual;
  if (!trained && random.chance(chance * 0.5)) {
    // At first some are nearly done, so that not all results are half an hour away.
    return [...calls, ...workOut(inhabitant, now + 20_000, warm ? random.next() : 1)];
  }
  return [...calls, ...smallDeed(inhabitant, now + random.int(4, 40) * 1000, { trained })];
}

function smallDeed(
  { person, life }: Inhabitant,
  at: number,
  { trained }: { trained: boolean },
): Call[] {
  const { random } = person;
  const mayTry = life.plan === 'free' && life.trialEndsAt === undefined;
  const deed = random.weighted([
    ['nothing', 5],
    ['steps', person.countsSteps ? 4 : 0],
    ['meal', person.logsMeals ? 4 : 0.4],
    ['plans', life.plan === 'free' ? 1.2 : 0.1],
    ['trial', mayTry ? person.habit.tries * 0.4 : 0],
    ['goal', 0.15],
    ['friend', 0.15],
  ]);
  if (deed === 'steps') return countSteps(person, life, at, { trained });
  if (deed === 'meal') return logMeal(person, life, at);
  if (deed === 'plans') return viewPlans(person, life, at);
  if (deed === 'trial') return startTrial(person, life, at);
  if (deed === 'goal') return setGoal(person, life, at);
  return deed === 'friend' ? inviteFriend(person, life, at) : [];
}

/** `left`: how much of the workout is still to come. */
function workOut(
  { person, life }: Pick<Inhabitant, 'person' | 'life'>,
  now: number,
  left: number,
): Call[] {
  const workout = makeWorkout(person.random, person);
  const done = now + workout.minutes * MINUTE_MS * left;
  return [
    ...train(person, life, Math.round(done), workout),
    ...syncProgress(person, life, Math.round(done) + 3000),
  ];
}

/** The next streak or trial that is over. */
function somethingEnds(inhabitants: Iterator<Inhabitant | undefined>, now: number): Call[] {
  for (;;) {
    const next = inhabitants.next().value as Inhabitant | undefined;
    if (!next) return [];
    const { person, life } = next;
    if (life.plan === 'trial' && life.trialEndsAt !== undefined && life.trialEndsAt <= now) {
      return endTrial(person, life, now);
    }
    if (hasLostStreak(person, life, localTime(person.zone, now).day))
      return loseStreak(person, life, now);
  }
}

/** Everybody, again and again, with a rest after each round. */
function* rounds(world: World): Generator<Inhabitant | undefined, never> {
  for (;;) {
    yield* world.inhabitants();
    yield undefined;
  }
}
