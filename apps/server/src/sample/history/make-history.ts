import {
  lifeTraits,
  lookAroundUnknown,
  openApp,
  pastLife,
  personTraits,
  signUp,
  startTrial,
  syncProgress,
  train,
  viewPlans,
  type Call,
} from '../people/deeds.ts';
import { newLife } from '../people/life.ts';
import { DAY_MS, HOUR_MS, instantOn, MINUTE_MS, type LocalDay } from '../people/local-time.ts';
import { makePerson } from '../people/person.ts';
import { createRandom, type Random } from '../random.ts';
import { liveDay, type Member } from './live-day.ts';

export const HISTORY_DAYS = 90;
export const USERS = 2000;

/** A call of the past, and whether the user was brought along when the app was connected. */
export interface PastCall {
  call: Call;
  imported: boolean;
}

export interface HistoryOptions {
  /** The sample is made at this instant; nothing in it is later. */
  until: number;
  days?: number;
  users?: number;
}

/** Of 100 users, so many had the app before it was connected. */
const BEFORE = 44;
/** Visitors who never sign up, for each hundred users. */
const VISITORS = 6;
/** Who looks around before signing up begins at most so many days before. */
const LOOKED_DAYS = 3;
/** So many days back the counters are exact: the simulator goes on from them. */
const TOLD_DAYS = 10;
/** Local days begin and end this far from those of UTC. */
const WIDEST_OFFSET_MS = 14 * HOUR_MS;

/**
 * Everything that happened in Stride, in order of time, in pieces that no later piece precedes.
 * Depends on nothing but its options.
 */
export function* makeHistory({
  until,
  days = HISTORY_DAYS,
  users = USERS,
}: HistoryOptions): Generator<PastCall[]> {
  const today = Math.floor(until / DAY_MS);
  const from = until - days * DAY_MS;
  const cast = castPeople({ today, days, users });
  let waiting: PastCall[] = connect(
    cast.filter((entry) => entry.imported),
    from,
  );
  for (let day = today - days - LOOKED_DAYS; day <= today + 1; day += 1) {
    for (const entry of cast) waiting.push(...dayOf(entry, { day, until }));
    // What is left of tomorrow in the east may still precede what waits.
    const settled = (day + 1) * DAY_MS - WIDEST_OFFSET_MS;
    const ready = waiting.filter(({ call }) => call.at < settled);
    waiting = waiting.filter(({ call }) => call.at >= settled);
    yield inOrder(ready, { from, until });
  }
  yield inOrder(waiting, { from, until });
}

function inOrder(calls: PastCall[], { from, until }: { from: number; until: number }): PastCall[] {
  return calls
    .filter(({ call }) => call.at >= from && call.at <= until)
    .toSorted((a, b) => a.call.at - b.call.at);
}

interface CastMember extends Member {
  imported: boolean;
  /** Never signs up. */
  visitor: boolean;
}

function castPeople({
  today,
  days,
  users,
}: {
  today: LocalDay;
  days: number;
  users: number;
}): CastMember[] {
  const chance = createRandom(`cast of ${users} in ${days}`);
  const before = Math.round((users * BEFORE) / 100);
  const members = Array.from({ length: users }, (_, i): CastMember => {
    const person = makePerson(i + 1, { today });
    const imported = i < before;
    const since = today - (imported ? days : daysAgo(chance, days));
    const life = imported ? pastLife(person, { day: since }) : newLife(person);
    return {
      person,
      life,
      since,
      leaves: leavingDay(person.random, person.habit, since, imported),
      imported,
      visitor: false,
    };
  });
  const visitors = Array.from(
    { length: Math.round((users * VISITORS) / 100) },
    (_, i): CastMember => {
      const person = makePerson(VISITOR_NUMBERS + i, { today });
      const since = today - daysAgo(chance, days);
      return {
        person,
        life: newLife(person),
        since,
        leaves: undefined,
        imported: false,
        visitor: true,
      };
    },
  );
  return [...members, ...visitors];
}

/** Far above those of users, who keep signing up while the simulator runs. */
const VISITOR_NUMBERS = 5_000_000;

/** More lately than at first: the app grows. */
function daysAgo(chance: Random, days: number): number {
  const share = chance.chance(0.5) ? chance.next() : 1 - Math.sqrt(chance.next());
  return Math.floor(share * days);
}

function leavingDay(
  random: Random,
  { leavesAfter }: Member['person']['habit'],
  since: LocalDay,
  imported: boolean,
): LocalDay | undefined {
  if (!leavesAfter) return undefined;
  const [low, high] = leavesAfter;
  // Of those who were there before, many had left already.
  return since + random.int(imported ? -high : low, high);
}

/** The day on which Stride was connected: its users so far came along, with what it knew of them. */
function connect(cast: CastMember[], at: number): PastCall[] {
  return cast.map(({ person, life }, i) => ({
    imported: true,
    call: {
      type: 'identify',
      at: at + i * 20,
      userId: person.userId,
      context: {},
      traits: {
        ...personTraits(person),
        signed_up_at: new Date(at - person.random.int(1, 400) * DAY_MS).toISOString(),
        ...lifeTraits(life),
      },
    },
  }));
}

function dayOf(entry: CastMember, { day, until }: { day: LocalDay; until: number }): PastCall[] {
  const { since, imported, visitor } = entry;
  if (visitor) return day === since ? past(visit(entry, until)) : [];
  // Made when it may begin, so that what comes before the sign-up is not late.
  if (day === since - LOOKED_DAYS && !imported) return past(firstDay(entry, until));
  return day > since || (imported && day === since)
    ? past(liveDay(entry, { day, told: until - day * DAY_MS < TOLD_DAYS * DAY_MS }))
    : [];
}

function past(calls: Call[]): PastCall[] {
  return calls.map((call) => ({ call, imported: false }));
}

function visit({ person, life, since }: CastMember, until: number): Call[] {
  const { random, zone } = person;
  const at = notAfter(until, instantOn(zone, since, random.between(8 * 60, 22 * 60)), random);
  return Array.from({ length: random.int(1, 3) }, (_, i) =>
    lookAroundUnknown(person, life, at + i * random.int(10, 90) * MINUTE_MS),
  ).flat();
}

/** Some look around first; all set a goal; some train at once, some try the paid plan. */
function firstDay({ person, life, since: day }: CastMember, until: number): Call[] {
  const { random, habit, zone } = person;
  const hour = Math.min(1380, Math.max(420, random.around(person.trainsAt, 300)));
  const at = notAfter(until, instantOn(zone, day, hour), random);
  const calls: Call[] = [];
  if (random.chance(0.38)) {
    const earlier = at - random.between(0.02, 2.5) * DAY_MS;
    calls.push(
      ...lookAroundUnknown(person, life, earlier),
      ...lookAroundUnknown(person, life, at - 8 * MINUTE_MS),
    );
  }
  calls.push(...signUp(person, life, at), ...openApp(person, life, at + 2000));
  if (random.chance(habit.tries * 0.55)) {
    calls.push(
      ...viewPlans(person, life, at + 3 * MINUTE_MS),
      ...startTrial(person, life, at + 4 * MINUTE_MS),
    );
  }
  if (random.chance(habit.weekday * 0.8)) {
    const done = Math.min(at + random.int(70, 150) * MINUTE_MS, instantOn(zone, day, 1437));
    if (done - at > 65 * MINUTE_MS) {
      calls.push(...train(person, life, done), ...syncProgress(person, life, done + 3000));
    }
  }
  return calls;
}

/** Who would have come later today came during the night. */
function notAfter(until: number, at: number, random: Random): number {
  return at < until - 10 * MINUTE_MS ? at : until - random.between(0.2, 11) * HOUR_MS;
}
