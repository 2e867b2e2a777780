import { describe, expect, test } from 'vitest';
import { checkDefinition } from '../check/check-definition.ts';
import { dittofeedCases } from './test-dittofeed-cases.ts';
import { MINUTE, START, factsOf, fields, play, ruleOf } from './test-play.ts';

test.each(dittofeedCases.map((peerCase) => [peerCase.id, peerCase] as const))(
  '%s',
  (_id, peerCase) => {
    expect(play(peerCase)).toEqual(peerCase.steps.map((step) => [...step.members]));
  },
);

test('D34 a malformed path is refused when it is saved', () => {
  const include = { type: 'event', event: 'test', where: { param: 'a..b', op: 'is_set' } };
  expect(checkDefinition({ language: 1, include }, { fields }).ok).toBe(false);
});

const nobody = { fields: {}, events: [] };

test('D38 a message of theirs was opened', () => {
  const where = { param: 'message', op: 'equals', value: '7' };
  const rule = ruleOf({
    include: { type: 'message', action: 'opened', where, period: { kind: 'ever' } },
  });
  const opened = (message: string) => ({
    event: 'opened',
    occurredAt: START,
    send: '1',
    machine: false,
    params: { message },
  });
  const facts = (message: string) => ({
    ...factsOf(nobody, START),
    messages: new Map([['opened', [opened(message)]]]),
  });
  expect(rule.test(facts('7'))).toBe(true);
  expect(rule.test(facts('8'))).toBe(false);
});

test.each([
  [[], false],
  [['news'], true],
])('D39, D40 who is in the categories %j', (categories, expected) => {
  const rule = ruleOf({ include: { type: 'category', category: 'news' } });
  expect(rule.test({ ...factsOf(nobody, START), categories: new Set(categories) })).toBe(expected);
});

describe('edits', () => {
  const did = (rest: object) => ({ type: 'event', event: 'test', ...rest });
  const ever = { period: { kind: 'ever' } };
  const twice = { measure: { kind: 'count', op: 'greater_or_equal', value: 2 } };
  const lately = { period: { kind: 'last', n: 5, unit: 'minute' } };
  const happened = (...minutes: number[]) => ({
    fields: {},
    events: minutes.map((at) => ({ event: 'test', occurredAt: START + at * MINUTE, params: {} })),
  });
  const isIn = (rest: object, minutes: number[], now = 0) =>
    ruleOf({ include: did(rest) }).test(factsOf(happened(...minutes), START + now * MINUTE));

  test('D41 a threshold that rises', () => {
    expect([isIn(ever, [0]), isIn({ ...ever, ...twice }, [0])]).toEqual([true, false]);
    expect(isIn({ ...ever, ...twice }, [0, 0])).toBe(true);
  });

  test('D43 a window where there was none', () => {
    expect([isIn(ever, [0], 50), isIn(lately, [0], 50)]).toEqual([true, false]);
    expect(isIn(lately, [0, 50], 50)).toBe(true);
  });
});
