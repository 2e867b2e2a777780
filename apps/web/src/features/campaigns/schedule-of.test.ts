import { expect, test } from 'vitest';
import { scheduleOf } from './schedule-of.ts';

const now = new Date('2026-03-01T22:00:00Z');

test('another kind of schedule keeps the time and whose clock it is', () => {
  const once = { kind: 'once', date: '2026-03-09', time: '18:30', zone: 'contact' } as const;
  expect(scheduleOf('recurring', once, now)).toMatchObject({ time: '18:30', zone: 'contact' });
  expect(scheduleOf('now', once, now)).toEqual({ kind: 'now' });
});

test('a first time is tomorrow, so that nothing has passed', () => {
  expect(scheduleOf('once', { kind: 'now' }, now)).toEqual({
    kind: 'once',
    date: '2026-03-02',
    time: '10:00',
    zone: 'workspace',
  });
});
