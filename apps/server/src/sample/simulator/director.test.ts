import { expect, test } from 'vitest';
import type { Call } from '../people/deeds.ts';
import { DAY_MS, localTime } from '../people/local-time.ts';
import { createRandom } from '../random.ts';
import { createDirector, type Director } from './director.ts';
import { createWorld, type StoredUser, type World } from './world.ts';

const START = Date.UTC(2026, 5, 17, 9, 30);
const STEP_MS = 250;

function storedUsers(n: number, fields: StoredUser['fields'] = {}): StoredUser[] {
  return Array.from({ length: n }, (_, i) => ({
    external_id: `user-${10_001 + i}`,
    fields,
    last_seen_at: new Date(START - DAY_MS),
  }));
}

function begin(users: StoredUser[], startedAt = START): { world: World; director: Director } {
  const random = createRandom('director test');
  const world = createWorld({ users, now: startedAt, random });
  return { world, director: createDirector({ world, random, startedAt }) };
}

function play(director: Director, { from, minutes }: { from: number; minutes: number }): Call[] {
  const calls: Call[] = [];
  for (let now = from; now <= from + minutes * 60_000; now += STEP_MS)
    calls.push(...director.due(now));
  return calls;
}

function eventsOf(calls: Call[], event: string): Extract<Call, { type: 'track' }>[] {
  return calls.filter((call) => call.type === 'track').filter((call) => call.event === event);
}

test('one to three events a second at first, fewer later, and never none', () => {
  const { director } = begin(storedUsers(1000));
  const first = play(director, { from: START, minutes: 10 }).length / 600;
  const second = play(director, { from: START + 10 * 60_000, minutes: 60 }).length / 3600;
  expect(first).toBeGreaterThan(1);
  expect(first).toBeLessThan(3);
  expect(second).toBeGreaterThan(0.25);
  expect(second).toBeLessThan(1.6);
});

test('somebody signs up within the first minute: known first, then signed up', () => {
  const { director } = begin(storedUsers(100));
  const calls = play(director, { from: START, minutes: 1 });
  const [signedUp] = eventsOf(calls, 'SignedUp');
  const person = calls.filter((call) => call.userId === signedUp!.userId);
  const names = person.map((call) => (call.type === 'track' ? call.event : call.type));
  expect(names.slice(0, 2)).toEqual(['identify', 'SignedUp']);
});

test('newcomers bear numbers that nobody had', () => {
  const { director } = begin(storedUsers(100));
  const signedUp = eventsOf(play(director, { from: START, minutes: 20 }), 'SignedUp');
  const ids = signedUp.map((call) => Number(call.userId!.slice(5)));
  expect(ids.length).toBeGreaterThan(10);
  expect(Math.min(...ids)).toBe(12_001);
  expect(new Set(ids).size).toBe(ids.length);
});

test('nobody trains twice on one day', () => {
  const { director } = begin(storedUsers(60));
  const done = eventsOf(play(director, { from: START, minutes: 90 }), 'WorkoutCompleted');
  expect(done.length).toBeGreaterThan(10);
  const people = done.map((call) => call.userId);
  expect(new Set(people).size).toBe(people.length);
});

test('a workout ends as long after it began as it says', () => {
  const { director } = begin(storedUsers(300));
  const calls = play(director, { from: START, minutes: 60 });
  for (const done of eventsOf(calls, 'WorkoutCompleted')) {
    const began = eventsOf(calls, 'WorkoutStarted').find((call) => call.userId === done.userId)!;
    expect(done.at - began.at).toBe(Number(done.properties['minutes']) * 60_000);
  }
});

test('calls come when they are due, never ahead of the clock', () => {
  const { director } = begin(storedUsers(300));
  for (let now = START; now < START + 20 * 60_000; now += STEP_MS) {
    for (const call of director.due(now)) expect(call.at).toBeLessThanOrEqual(now);
  }
});

test('a streak whose day went by is lost, once, and told with its length', () => {
  const yesterdayButOne = new Date(START - 2 * DAY_MS).toISOString();
  const users = storedUsers(5, {
    'custom.streak_days': 9,
    'custom.last_workout_at': yesterdayButOne,
  });
  const { director } = begin(users);
  const lost = eventsOf(play(director, { from: START, minutes: 5 }), 'StreakLost');
  expect(new Set(lost.map((call) => call.userId))).toEqual(
    new Set(users.map((user) => user.external_id)),
  );
  expect(lost.map((call) => call.properties['days'])).toEqual([9, 9, 9, 9, 9]);
});

test('a trial that is over ends with a payment or without', () => {
  const users = storedUsers(10, {
    'custom.plan': 'trial',
    'custom.trial_ends_at': new Date(START - 60_000).toISOString(),
  });
  const { director } = begin(users);
  const calls = play(director, { from: START, minutes: 5 });
  const ended = [...eventsOf(calls, 'SubscriptionStarted'), ...eventsOf(calls, 'TrialEnded')];
  expect(new Set(ended.map((call) => call.userId)).size).toBe(10);
  expect(ended).toHaveLength(10);
});

test('people are at their phones by day, not by night', () => {
  const { director } = begin(storedUsers(1500));
  const opened = eventsOf(play(director, { from: START, minutes: 30 }), 'AppOpened');
  const { world } = begin(storedUsers(1500));
  const zones = new Map([...world.inhabitants()].map(({ person }) => [person.userId, person.zone]));
  const hours = opened.flatMap((call) => {
    const zone = zones.get(call.userId!);
    return zone ? [localTime(zone, call.at).minutes / 60] : [];
  });
  const atNight = hours.filter((hour) => hour < 5.5 || hour >= 23.5);
  expect(atNight.length / hours.length).toBeLessThan(0.06);
});

test('after a pause of the machine nothing is made up for', () => {
  const { director } = begin(storedUsers(1000));
  play(director, { from: START, minutes: 1 });
  const after = START + 8 * 3_600_000;
  play(director, { from: after, minutes: 0 });
  expect(play(director, { from: after + STEP_MS, minutes: 1 }).length).toBeLessThan(150);
});

test('who follows a link in a message comes by', () => {
  const { world, director } = begin(storedUsers(50));
  const { person } = [...world.inhabitants()][7]!;
  director.invite(person.email, START);
  const [opened] = director.due(START + 500);
  expect(opened).toMatchObject({ userId: person.userId, event: 'AppOpened' });
});
