import { expect, test } from 'vitest';
import { nextTimes } from './next-times.ts';

// A Thursday.
const now = Date.UTC(2026, 0, 1, 12);
const of = (schedule: object, workspaceZone = 'UTC') =>
  nextTimes(
    { type: 'segment', mode: 'regular', schedule },
    { now, workspaceZone, count: 3 },
  )?.instants.map((at) => new Date(at).toISOString().slice(0, 16));

test('a schedule is told by its next instants, also before anybody is chosen', () => {
  expect(of({ every: 'week', at: '09:00', days: [1, 5] })).toEqual([
    '2026-01-02T09:00',
    '2026-01-05T09:00',
    '2026-01-09T09:00',
  ]);
  expect(of({ every: 'month', at: '08:30', day_of_month: 31 })).toEqual([
    '2026-01-31T08:30',
    '2026-02-28T08:30',
    '2026-03-31T08:30',
  ]);
});

test('a contact’s own time is shown by the clock of the workspace', () => {
  expect(of({ every: 'day', at: '09:00', zone: 'contact' }, 'Europe/Kyiv')).toEqual([
    '2026-01-02T07:00',
    '2026-01-03T07:00',
    '2026-01-04T07:00',
  ]);
});

test('a schedule that ends has fewer, and what is none has none', () => {
  expect(of({ every: 'day', at: '09:00', to: '2026-01-03' })).toEqual(['2026-01-02T09:00']);
  expect(of({ every: 'day', at: '25:00' })).toBeUndefined();
  expect(nextTimes({ type: 'manual' }, { now, workspaceZone: 'UTC', count: 3 })).toBeUndefined();
});
