import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { InboxItem } from '../../inbox/index.ts';
import { DAY_MS } from '../people/local-time.ts';
import { makeHistory, type PastCall } from './make-history.ts';
import { toItem } from './to-item.ts';

const UNTIL = Date.UTC(2026, 5, 17, 9, 30);

function historyUntil(until: number, users = 300): PastCall[] {
  return [...makeHistory({ until, users })].flat();
}

const history = historyUntil(UNTIL);

function hashOf(items: InboxItem[]): string {
  return createHash('sha256').update(JSON.stringify(items)).digest('hex');
}

/** Everybody who has a name, with what they did. */
const people = new Map<string, PastCall[]>();
for (const entry of history) {
  const { userId } = entry.call;
  if (userId !== undefined) people.set(userId, [...(people.get(userId) ?? []), entry]);
}

type Track = Extract<PastCall['call'], { type: 'track' }>;

function eventsOf(entries: PastCall[]): Track[] {
  return entries.map(({ call }) => call).filter((call) => call.type === 'track');
}

test('the same instant gives the same history, another instant another one', () => {
  const items = history.map((entry) => toItem(entry));
  expect(hashOf(historyUntil(UNTIL).map((entry) => toItem(entry)))).toBe(hashOf(items));
  expect(hashOf(historyUntil(UNTIL + 60_000).map((entry) => toItem(entry)))).not.toBe(
    hashOf(items),
  );
});

test('every user is there, and nothing lies outside of the 90 days', () => {
  expect(people.size).toBe(300);
  const times = history.map(({ call }) => call.at);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(UNTIL - 90 * DAY_MS);
  expect(Math.max(...times)).toBeLessThanOrEqual(UNTIL);
});

test('history comes in the order of time', () => {
  const times = history.map(({ call }) => call.at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('every call has a messageId of its own', () => {
  const ids = history.map((entry) => toItem(entry).messageId);
  expect(new Set(ids).size).toBe(ids.length);
});

test('nobody does anything by name before signing up, and everybody signs up once', () => {
  for (const entries of people.values()) {
    const signedUp = eventsOf(entries).filter(({ event }) => event === 'SignedUp');
    const [first] = entries;
    expect(first!.call.type).toBe('identify');
    expect(signedUp).toHaveLength(first!.imported ? 0 : 1);
  }
});

test('some were anonymous first, on the device that they signed up with', () => {
  const anonymous = history.filter(({ call }) => call.userId === undefined);
  const later = new Set(
    history.flatMap(({ call }) => (call.userId && call.anonymousId ? [call.anonymousId] : [])),
  );
  const became = anonymous.filter(({ call }) => later.has(call.anonymousId!));
  expect(became.length).toBeGreaterThan(20);
  expect(anonymous.length).toBeGreaterThan(became.length);
});

test('a streak that is lost was as long as the days trained in a row before it', () => {
  const lost = [...people.values()].flatMap((entries) => {
    const events = eventsOf(entries);
    return events.flatMap(({ event, at, properties }, i) => {
      if (event !== 'StreakLost') return [];
      const last = events.slice(0, i).findLast((earlier) => earlier.event === 'WorkoutCompleted');
      return [{ days: properties['days'], last: last?.properties['streak'], gap: at - last!.at }];
    });
  });
  expect(lost.length).toBeGreaterThan(100);
  for (const { days, last, gap } of lost) {
    expect(days).toBe(last);
    expect(gap).toBeGreaterThan(DAY_MS);
    expect(gap).toBeLessThan(2.1 * DAY_MS);
  }
});

test('nobody pays without a trial, nor tries twice at once', () => {
  for (const entries of people.values()) {
    let plan = 'unknown';
    for (const { event } of eventsOf(entries)) {
      if (event === 'TrialStarted') {
        expect(['unknown', 'free']).toContain(plan);
        plan = 'trial';
      } else if (event === 'SubscriptionStarted' || event === 'TrialEnded') {
        expect(plan).toBe('trial');
        plan = event === 'TrialEnded' ? 'free' : 'paid';
      } else if (event === 'SubscriptionCancelled') {
        expect(plan).not.toBe('trial');
        plan = 'free';
      }
    }
  }
});

test('people train by day, and weekenders at the weekend', () => {
  const hours = Array.from({ length: 24 }, () => 0);
  for (const { call } of history) {
    if (call.type === 'track' && call.event === 'WorkoutCompleted') {
      // Between London and Kyiv there are two hours, which this does not mind.
      hours[new Date(call.at).getUTCHours()]! += 1;
    }
  }
  const night = hours[1]! + hours[2]! + hours[3]!;
  expect(night).toBeLessThan((hours.reduce((sum, n) => sum + n, 0) * 3) / 24);
});

test('workouts are within what a body does', () => {
  for (const { call } of history) {
    if (call.type !== 'track' || call.event !== 'WorkoutCompleted') continue;
    const { minutes, burned, heart_rate: pulse } = call.properties as Record<string, number>;
    expect(minutes).toBeGreaterThanOrEqual(6);
    expect(burned! / minutes!).toBeLessThan(22);
    expect(pulse).toBeGreaterThan(60);
    expect(pulse).toBeLessThan(190);
  }
});

test('past events are marked as past, live ones are not', () => {
  const entry = history.find(({ call }) => call.type === 'track')!;
  expect(toItem(entry)).toMatchObject({ kind: 'event', flags: 1 });
  expect(toItem(entry, { live: true })).not.toHaveProperty('flags');
});

test('mail goes to names that are kept for examples', () => {
  const emails = history.flatMap(({ call }) =>
    call.type === 'identify' && typeof call.traits['email'] === 'string'
      ? [call.traits['email']]
      : [],
  );
  expect(
    emails.filter((email) => !/^[a-z]+\.[a-z]+\.\d+@example\.(com|org|net)$/.test(email)),
  ).toEqual([]);
});

test('what was told last of a streak is how long it is', () => {
  const compared = [...people.values()].flatMap((entries) => {
    const calls = entries.map(({ call }) => call);
    const told = calls.findLast((call) => call.type === 'identify' && 'streak_days' in call.traits);
    const last = eventsOf(entries).findLast(({ event }) => event === 'WorkoutCompleted');
    // Of those who trained before, the streak may be over.
    if (!last || UNTIL - last.at > DAY_MS) return [];
    return [{ told: told?.type === 'identify' && told.traits['streak_days'], last }];
  });
  expect(compared.length).toBeGreaterThan(40);
  for (const { told, last } of compared) expect(told).toBe(last.properties['streak']);
});
