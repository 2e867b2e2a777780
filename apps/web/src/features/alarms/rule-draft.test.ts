import type { AlarmRule } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { draftOf, NEW_RULE, ruleOf } from './rule-draft.ts';

const rest = { period: 'day', direction: 'above' } as const;

test.each<AlarmRule>([
  {
    series: { kind: 'event', event: 'Ordered' },
    threshold: { kind: 'number', value: 7 },
    ...rest,
  },
  { series: { kind: 'starts' }, threshold: { kind: 'usual', tolerance: 2 }, ...rest },
  {
    series: { kind: 'failures', workflow: '3' },
    threshold: { kind: 'number', value: 0 },
    ...rest,
  },
  {
    series: { kind: 'sends', channel: 'email', tag: '9' },
    threshold: { kind: 'usual', tolerance: 4 },
    ...rest,
  },
])('the form says what the rule says: %j', (rule) => {
  expect(ruleOf(draftOf(rule))).toEqual(rule);
});

test('events of no type are no rule yet', () => {
  expect(ruleOf(NEW_RULE)).toBeNull();
});
