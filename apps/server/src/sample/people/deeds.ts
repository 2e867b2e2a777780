import type { JsonObject } from '../../inbox/index.ts';
import { newLife, levelOf, lastWorkoutDay, type Life } from './life.ts';
import { DAY_MS, localTime, MINUTE_MS } from './local-time.ts';
import type { Person } from './person.ts';
import { makeWorkout, type Workout } from './workouts.ts';

/**
 * A call of the tracking API that Stride's app or backend would make. Deeds return calls and keep
 * the person's life in step with them.
 */
export type Call = CallBase &
  (
    | { type: 'track'; event: string; properties: JsonObject }
    | { type: 'identify'; traits: JsonObject }
  );

interface CallBase {
  at: number;
  userId?: string;
  anonymousId?: string;
  context: JsonObject;
}

export const TRIAL_DAYS = 7;

/** A day or two in a row is not called a streak. */
const SHORTEST_STREAK = 3;

/** Milestones that the app celebrates. */
const BADGES = [1, 10, 25, 50, 100, 200];

export function openApp(person: Person, _life: Life, at: number): Call[] {
  const { random } = person;
  const from = random.weighted([
    ['icon', 6],
    ['notification', 2],
    ['widget', 1],
  ]);
  return [track(person, at, 'AppOpened', { from }, deviceContext(person))];
}

export function viewPlans(person: Person, _life: Life, at: number): Call[] {
  const plan = person.random.weighted([
    ['plus', 3],
    ['pro', 2],
  ]);
  return [
    track(person, at, 'PlanViewed', {
      plan,
      price: person.place.prices[plan],
      currency: person.place.currency,
    }),
  ];
}

/** What the app saw before anybody signed up; the device leads to the person later. */
export function lookAroundUnknown(person: Person, life: Life, at: number): Call[] {
  const calls = [...openApp(person, life, at)];
  if (person.random.chance(0.6))
    calls.push(...viewPlans(person, life, at + person.random.int(20, 90) * 1000));
  return calls.map(({ userId: _unknown, ...call }) => ({
    ...call,
    anonymousId: person.anonymousId,
  }));
}

/** The backend makes the account, then the app asks for the goal. */
export function signUp(person: Person, life: Life, at: number): Call[] {
  const { random, anonymousId } = person;
  life.signedUp = true;
  const method = random.weighted([
    ['email', 4],
    ['apple', 3],
    ['google', 3],
  ]);
  const signedUpAt = new Date(at).toISOString();
  return [
    {
      type: 'identify',
      at,
      userId: person.userId,
      anonymousId,
      context: deviceContext(person),
      traits: { ...personTraits(person), signed_up_at: signedUpAt, ...lifeTraits(life) },
    },
    track(person, at + 400, 'SignedUp', { method, platform: person.device.type }),
    ...setGoal(person, life, at + random.int(30, 150) * 1000),
  ];
}

export function setGoal(person: Person, _life: Life, at: number): Call[] {
  const per_week = person.random.weighted([
    [2, 2],
    [3, 5],
    [4, 3],
    [5, 2],
    [7, 1],
  ]);
  return [track(person, at, 'GoalSet', { goal: person.goal, per_week })];
}

/** A workout that ends at `at`. */
export function train(
  person: Person,
  life: Life,
  at: number,
  workout: Workout = makeWorkout(person.random, person),
): Call[] {
  const startedAt = at - workout.minutes * MINUTE_MS;
  const today = localTime(person.zone, at).day;
  const last = lastWorkoutDay(person, life);
  if (last !== today) life.streak = last === today - 1 ? life.streak + 1 : 1;
  life.longestStreak = Math.max(life.longestStreak, life.streak);
  life.lastWorkoutAt = at;
  life.lastWorkoutKind = workout.kind;
  life.workouts += 1;
  life.weight = driftOf(person, life);
  const calls = [
    track(person, startedAt, 'WorkoutStarted', { kind: workout.kind }),
    track(person, at, 'WorkoutCompleted', { ...workout, streak: life.streak }),
  ];
  if (BADGES.includes(life.workouts)) {
    calls.push(
      track(person, at + 2000, 'AchievementUnlocked', { badge: `${life.workouts} workouts` }),
    );
  }
  return calls;
}

/** Who wants to lose weight does, a little; the others keep theirs. */
function driftOf(person: Person, { weight }: Life): number {
  const pull = person.goal === 'Lose weight' ? -0.06 : person.goal === 'Build muscle' ? 0.02 : 0;
  return Math.round((weight + person.random.around(pull, 0.12)) * 10) / 10;
}

/** The backend notices after midnight that a whole day went by. */
export function loseStreak(person: Person, life: Life, at: number): Call[] {
  const days = life.streak;
  life.streak = 0;
  const told = {
    days,
    longest: life.longestStreak,
    last_workout: life.lastWorkoutKind ?? 'Workout',
  };
  return [
    ...(days >= SHORTEST_STREAK ? [track(person, at, 'StreakLost', told)] : []),
    tell(person, at + 300, { streak_days: 0 }),
  ];
}

export function startTrial(person: Person, life: Life, at: number): Call[] {
  const endsAt = at + TRIAL_DAYS * DAY_MS;
  life.plan = 'trial';
  life.trialEndsAt = endsAt;
  life.willStay = person.random.chance(person.habit.stays);
  return [
    track(person, at, 'TrialStarted', {
      plan: 'plus',
      days: TRIAL_DAYS,
      ends_at: new Date(endsAt).toISOString(),
      price: person.place.prices.plus,
      currency: person.place.currency,
    }),
    tell(person, at + 300, planTraits(life)),
  ];
}

/** The trial is over: some stay, and pay. */
export function endTrial(person: Person, life: Life, at: number): Call[] {
  if (!life.willStay) {
    life.plan = 'free';
    return [
      track(person, at, 'TrialEnded', { plan: 'plus', workouts: life.workouts }),
      tell(person, at + 300, planTraits(life)),
    ];
  }
  const plan = person.random.weighted([
    ['plus', 7],
    ['pro', 3],
  ]);
  life.plan = plan;
  life.paysSince = localTime(person.zone, at).day;
  return [
    track(person, at, 'SubscriptionStarted', { plan, ...priceOf(person, plan), period: 'month' }),
    tell(person, at + 300, planTraits(life)),
  ];
}

export function renew(person: Person, life: Life, at: number): Call[] {
  const plan = life.plan === 'pro' ? 'pro' : 'plus';
  return [
    track(person, at, 'SubscriptionRenewed', { plan, ...priceOf(person, plan), period: 'month' }),
  ];
}

export function cancel(person: Person, life: Life, at: number): Call[] {
  const { plan } = life;
  const reason = person.random.weighted([
    ['too expensive', 4],
    ['not using it', 5],
    ['switched app', 2],
    ['other', 1],
  ]);
  life.plan = 'free';
  life.paysSince = undefined;
  return [
    track(person, at, 'SubscriptionCancelled', { plan, reason }),
    tell(person, at + 300, planTraits(life)),
  ];
}

function priceOf(person: Person, plan: 'plus' | 'pro'): { price: number; currency: string } {
  return { price: person.place.prices[plan], currency: person.place.currency };
}

export function logMeal(person: Person, _life: Life, at: number): Call[] {
  const { random, zone } = person;
  const hour = localTime(zone, at).minutes / 60;
  const meal = hour < 11 ? 'breakfast' : hour < 16 ? 'lunch' : 'dinner';
  const calories = Math.round(random.around(meal === 'breakfast' ? 420 : 680, 280));
  return [
    track(person, at, 'MealLogged', {
      meal,
      calories,
      protein_g: Math.round(calories * random.between(0.03, 0.07)),
    }),
  ];
}

/** The phone's own count of the day so far. */
export function countSteps(
  person: Person,
  _life: Life,
  at: number,
  { trained }: { trained: boolean },
): Call[] {
  const usual =
    person.persona === 'streaker' ? 10_400 : person.persona === 'regular' ? 8_300 : 6_100;
  const steps = Math.max(
    350,
    Math.round(person.random.around(usual + (trained ? 2_300 : 0), 5_500)),
  );
  return [track(person, at, 'StepsCounted', { steps })];
}

export function inviteFriend(person: Person, _life: Life, at: number): Call[] {
  const channel = person.random.pick(['link', 'whatsapp', 'sms', 'email']);
  return [track(person, at, 'FriendInvited', { channel })];
}

/** The backend tells what the app counts. */
export function syncProgress(person: Person, life: Life, at: number): Call[] {
  return [tell(person, at, progressTraits(life))];
}

function tell(person: Person, at: number, traits: JsonObject): Call {
  return { type: 'identify', at, userId: person.userId, context: {}, traits };
}

/** What does not change. */
export function personTraits(person: Person): JsonObject {
  return {
    email: person.email,
    ...(person.phone !== undefined && { phone: person.phone }),
    first_name: person.firstName,
    last_name: person.lastName,
    gender: person.gender,
    birthday: person.birthday,
    language: person.language,
    timezone: person.zone,
    country: person.place.country,
    city: person.city,
    goal: person.goal,
    favourite_workout: person.favourite,
    equipment: person.equipment,
    newsletter: person.newsletter,
  };
}

/** What changes. */
export function lifeTraits(life: Life): JsonObject {
  return { ...planTraits(life), ...progressTraits(life) };
}

function planTraits({ plan, trialEndsAt }: Life): JsonObject {
  return {
    plan,
    ...(trialEndsAt !== undefined && { trial_ends_at: new Date(trialEndsAt).toISOString() }),
  };
}

function progressTraits(life: Life): JsonObject {
  return {
    level: levelOf(life),
    streak_days: life.streak,
    longest_streak: life.longestStreak,
    workouts_completed: life.workouts,
    weight_kg: life.weight,
    ...(life.lastWorkoutAt !== undefined && {
      last_workout_at: new Date(life.lastWorkoutAt).toISOString(),
    }),
  };
}

/** Somebody who used the app before it was connected: months of life in one go. */
export function pastLife(person: Person, { day }: { day: number }): Life {
  const { random, habit } = person;
  const life = newLife(person);
  life.signedUp = true;
  life.workouts = Math.round(random.between(0, 90) * (habit.weekday + habit.weekend));
  life.longestStreak = habit.keepsGoing === undefined ? random.int(0, 6) : random.int(5, 60);
  if (life.workouts > 0) life.lastWorkoutAt = (day - random.int(2, 30)) * DAY_MS + DAY_MS / 2;
  if (random.chance(habit.stays * habit.tries)) {
    life.plan = random.weighted([
      ['plus', 7],
      ['pro', 3],
    ]);
    life.paysSince = day - random.int(1, 300);
  }
  return life;
}

function track(
  person: Person,
  at: number,
  event: string,
  properties: JsonObject,
  context: JsonObject = appContext(person),
): Call {
  return { type: 'track', at, userId: person.userId, event, properties, context };
}

/** What the SDK adds to every call. */
function appContext({ device }: Person): JsonObject {
  return {
    app: { version: device.appVersion },
    device: { type: device.type },
    os: { ...device.os },
  };
}

/** With the device itself, at its first call of a session. */
function deviceContext(person: Person): JsonObject {
  const { device } = person;
  return {
    app: { name: 'Stride', version: device.appVersion },
    device: {
      id: device.id,
      type: device.type,
      model: device.model,
      ...(device.pushEnabled && { token: device.token }),
    },
    os: { ...device.os },
  };
}
