import {
  cancel,
  countSteps,
  endTrial,
  inviteFriend,
  logMeal,
  loseStreak,
  openApp,
  renew,
  setGoal,
  startTrial,
  syncProgress,
  train,
  viewPlans,
  type Call,
} from '../people/deeds.ts';
import { hasLostStreak, lastWorkoutDay, type Life } from '../people/life.ts';
import { instantOn, MINUTE_MS, weekdayOf, type LocalDay } from '../people/local-time.ts';
import type { Person } from '../people/person.ts';

/** A person, what became of them, and when they came and will go. */
export interface Member {
  person: Person;
  life: Life;
  since: LocalDay;
  leaves: LocalDay | undefined;
}

const MONTH_DAYS = 30;

/**
 * Everything that happens around a person on one of their days, in no order. With `told`, the
 * backend tells the counters after each workout, else once a week.
 */
export function liveDay(
  { person, life, since, leaves }: Member,
  { day, told }: { day: LocalDay; told: boolean },
): Call[] {
  const { random, habit } = person;
  const at = (minutes: number): number =>
    instantOn(person.zone, day, Math.min(1439, Math.max(1, minutes)));
  const calls: Call[] = [];
  const add = (more: Call[]): void => void calls.push(...more);

  if (hasLostStreak(person, life, day)) add(loseStreak(person, life, at(random.between(6, 40))));
  if (life.plan === 'trial') add(dueTrial(person, life, at(1439)));
  add(subscription(person, life, day, at(540)));

  const gone = leaves !== undefined && day >= leaves;
  const trains = !gone && random.chance(chanceToTrain({ person, life, since, leaves }, day));
  const looks = !trains && random.chance(gone ? 0.004 : habit.looks);
  if (trains) {
    const done = at(person.trainsAt + random.around(0, 55));
    const workout = train(person, life, done);
    const began = Math.min(...workout.map((call) => call.at));
    add(openApp(person, life, began - random.int(40, 400) * 1000));
    add(workout);
    if (told) add(syncProgress(person, life, done + 3000));
  } else if (looks) {
    add(openApp(person, life, at(random.around(person.trainsAt, 240))));
  }
  if (!trains && !looks) return calls;

  const evening = at(random.between(19 * 60, 23 * 60));
  if (random.chance(trains ? 0.3 : 0.08)) add(openApp(person, life, evening));
  if (random.chance(life.plan === 'free' ? 0.07 : 0.01))
    add(viewPlans(person, life, evening + MINUTE_MS));
  if (random.chance(0.004)) add(inviteFriend(person, life, evening + 2 * MINUTE_MS));
  if (random.chance(0.006)) add(setGoal(person, life, evening + 3 * MINUTE_MS));
  if (person.logsMeals) {
    for (const hour of [8, 13, 19]) {
      if (random.chance(0.5)) add(logMeal(person, life, at(hour * 60 + random.around(15, 50))));
    }
  }
  if (person.countsSteps)
    add(countSteps(person, life, at(1425 + random.int(0, 12)), { trained: trains }));
  if (life.plan === 'free' && life.trialEndsAt === undefined && random.chance(habit.tries * 0.02)) {
    add(startTrial(person, life, evening + 4 * MINUTE_MS));
  }
  // Each person on a weekday of their own.
  if (person.n % 7 === weekdayOf(day) - 1) add(syncProgress(person, life, at(1438)));
  return calls;
}

function chanceToTrain({ person, life, since }: Member, day: LocalDay): number {
  const { habit, favourite } = person;
  const weekend = weekdayOf(day) >= 6;
  const usual = weekend ? habit.weekend : habit.weekday;
  const last = lastWorkoutDay(person, life);
  const onStreak = habit.keepsGoing !== undefined && life.streak >= 3 && last === day - 1;
  // The first days are the best ones; runners stay in when it is Sunday.
  const fresh = day - since < 5 ? 1.15 : 1;
  const rest = favourite === 'Running' && weekend ? 0.9 : 1;
  return Math.min(0.97, (onStreak ? habit.keepsGoing! : usual * rest) * fresh);
}

function dueTrial(person: Person, life: Life, endOfDay: number): Call[] {
  const endsAt = life.trialEndsAt!;
  return endsAt <= endOfDay ? endTrial(person, life, endsAt) : [];
}

/** Months are paid on the day of the month that the subscription began, or it ends there. */
function subscription(person: Person, life: Life, day: LocalDay, at: number): Call[] {
  const { paysSince } = life;
  if (paysSince === undefined || day <= paysSince || (day - paysSince) % MONTH_DAYS !== 0)
    return [];
  const stays = person.persona === 'streaker' ? 0.97 : person.persona === 'fading' ? 0.6 : 0.88;
  return person.random.chance(stays) ? renew(person, life, at) : cancel(person, life, at);
}
