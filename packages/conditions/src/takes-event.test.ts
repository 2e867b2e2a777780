import { expect, test } from 'vitest';
import type { Definition, Node } from './index.ts';
import { takesEvent } from './takes-event.ts';

const started = (value: unknown) => ({
  type: 'event',
  event: 'BookStarted',
  where: { not: { param: 'book', op: 'equals', value } },
});

test('a rule takes from the event wherever the reference stands', () => {
  const reference = { $event: 'book' };
  const rules: unknown[] = [
    started(reference),
    { not: { any: [started('x'), started(reference)] } },
    { language: 1, include: { type: 'everyone' }, exclude: started(reference) },
    { type: 'field', field: 'city', op: 'equals', value: reference },
    {
      type: 'event',
      event: 'BookStarted',
      measure: { kind: 'count', op: 'equals', value: reference },
    },
  ];
  expect(rules.map((rule) => takesEvent(rule as Node | Definition))).toEqual(rules.map(() => true));
});

test('a rule without a reference stands by itself, whatever its texts say', () => {
  expect(takesEvent(started('$event') as Node)).toBe(false);
  expect(takesEvent({ type: 'everyone' })).toBe(false);
});
