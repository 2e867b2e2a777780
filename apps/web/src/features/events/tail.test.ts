import type { Event as ContactEvent } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { ApiProblem } from '../../api.ts';
import { joined, lookOn, withNewer } from './tail.ts';

function events(...ids: string[]): ContactEvent[] {
  return ids.map((id) => ({
    id,
    event: 'x',
    contact: null,
    key: null,
    occurred_at: '2026-01-01T00:00:00Z',
    received_at: '2026-01-01T00:00:00Z',
    params: {},
    source: 'api',
    past: false,
    clock_ahead: false,
    with_errors: false,
    contact_created: false,
    found_by: null,
    contact_id_added: false,
  }));
}

const ids = (list: readonly ContactEvent[]) => list.map((event) => event.id);

test('new events come before the shown ones, none twice', () => {
  expect(ids(withNewer(events('b', 'a'), events('d', 'c', 'b')))).toEqual(['d', 'c', 'b', 'a']);
});

test('a look that brings nothing new leaves the list as it is', () => {
  const shown = events('a');
  expect(withNewer(shown, events('a'))).toBe(shown);
});

test('the tail does not grow without end', () => {
  const many = events(...Array.from({ length: 600 }, (_, n) => `e${n}`));
  expect(withNewer([], many)).toHaveLength(500);
});

test('the history goes on where the tail ends', () => {
  expect(ids(joined(events('c', 'b'), events('b', 'a')))).toEqual(['c', 'b', 'a']);
});

test.each([
  { status: 400, next: null },
  { status: 0, next: 'mark' },
  { status: 503, next: 'mark' },
])('after an answer of $status the next look goes on from $next', async ({ status, next }) => {
  const marks = new Map([['', 'mark']]);
  const fails = () => Promise.reject(new ApiProblem({ status }));
  await expect(lookOn(marks, '', fails)).rejects.toThrow(ApiProblem);
  expect(await lookOn(marks, '', (after) => Promise.resolve(after))).toBe(next);
});
