import { describe, expect, test } from 'vitest';
import type { EventFact, Facts } from '../facts.ts';
import { type Contact, MINUTE, START, custom, factsOf, ruleOf } from './test-play.ts';

// What Notifuse's end-to-end tests of segments pin, with contacts of our own.

const DAY = 1440 * MINUTE;
const at = (days: number, params: EventFact['params'] = {}): EventFact => ({
  event: 'goal',
  occurredAt: START - days * DAY,
  params,
});

// Of nobody, one, three and four events; of an event 1, 10 and 40 days ago.
const people: Record<string, Contact> = {
  none: { fields: { 'custom.env': 'test' }, events: [] },
  one: { fields: {}, events: [at(1)] },
  three: { fields: { 'custom.env': 'test' }, events: [at(1), at(2), at(3)] },
  four: { fields: {}, events: [at(1), at(2), at(3), at(4)] },
  ten: { fields: {}, events: [at(10)] },
  forty: { fields: {}, events: [at(40)] },
};

function members(include: unknown, facts: (contact: Contact) => Partial<Facts> = () => ({})) {
  const rule = ruleOf({ include });
  return Object.entries(people)
    .filter(([, contact]) => rule.test({ ...factsOf(contact, START), ...facts(contact) }))
    .map(([name]) => name);
}

const goal = (rest: object) => ({
  type: 'event',
  event: 'goal',
  period: { kind: 'ever' },
  ...rest,
});
const times = (op: string, value: number) => goal({ measure: { kind: 'count', op, value } });
const last = (n: number) => goal({ period: { kind: 'last', n, unit: 'day' } });
const day = (days: number) => new Date(START - days * DAY).toISOString();

describe('how often', () => {
  test.each<[string, object, string[]]>([
    ['at least 3', times('greater_or_equal', 3), ['three', 'four']],
    ['at most 3', times('less_or_equal', 3), ['none', 'one', 'three', 'ten', 'forty']],
    ['exactly 3', times('equals', 3), ['three']],
    ['exactly 0 includes those without any', times('equals', 0), ['none']],
    ['at most 0 includes those without any', times('less_or_equal', 0), ['none']],
  ])('%s', (_case, include, expected) => {
    expect(members(include)).toEqual(expected);
  });
});

describe('when', () => {
  test.each<[string, object, string[]]>([
    ['at any time', goal({}), ['one', 'three', 'four', 'ten', 'forty']],
    ['in the last 7 days', last(7), ['one', 'three', 'four']],
    ['in the last 30 days', last(30), ['one', 'three', 'four', 'ten']],
    ['before a date', goal({ period: { kind: 'before', at: day(20) } }), ['forty']],
    [
      'after a date',
      goal({ period: { kind: 'after', at: day(20) } }),
      ['one', 'three', 'four', 'ten'],
    ],
    ['between dates', goal({ period: { kind: 'between', from: day(20), to: day(5) } }), ['ten']],
  ])('%s', (_case, include, expected) => {
    expect(members(include)).toEqual(expected);
  });
});

describe('which message', () => {
  const opened = (rest: object) => ({
    type: 'message',
    action: 'opened',
    period: { kind: 'ever' },
    ...rest,
  });
  const of = (message: string) => ({ where: { param: 'message', op: 'equals', value: message } });
  // Whoever did something three times or more opened A, once; one opened B too.
  const facts = ({ events }: Contact): Partial<Facts> => {
    const messages = events.length >= 3 ? (events.length === 4 ? ['A', 'B'] : ['A']) : [];
    const opens = messages.map((message) => ({
      event: 'opened',
      occurredAt: START - 10 * DAY,
      send: message,
      machine: false,
      params: { message },
    }));
    return { messages: new Map([['opened', opens]]) };
  };
  const none = { measure: { kind: 'count', op: 'equals', value: 0 } };

  test.each<[string, object, string[]]>([
    ['A', opened(of('A')), ['three', 'four']],
    ['B', opened(of('B')), ['four']],
    ['any', opened({}), ['three', 'four']],
    ['one that there is not', opened(of('C')), []],
    ['A, in a window', opened({ ...of('A'), period: { kind: 'last', n: 7, unit: 'day' } }), []],
    ['B exactly never', opened({ ...of('B'), ...none }), ['none', 'one', 'three', 'ten', 'forty']],
  ])('%s', (_case, include, expected) => {
    expect(members(include, facts)).toEqual(expected);
  });
});

describe('joined with fields and lists', () => {
  const inList = { type: 'segment', segment: '9' };
  const facts = ({ events }: Contact): Partial<Facts> => ({
    segments: new Map(events.length === 1 ? [['9', START]] : []),
  });
  const env = custom('env', 'equals', 'test');

  test.each<[string, object, string[]]>([
    ['and', { all: [env, times('equals', 3)] }, ['three']],
    ['or', { any: [env, inList] }, ['none', 'one', 'three', 'ten', 'forty']],
    ['not in the list and did it', { all: [{ not: inList }, goal({})] }, ['three', 'four']],
    ['either within both', { all: [{ any: [env, inList] }, last(30)] }, ['one', 'three', 'ten']],
    ['all three', { all: [env, { not: inList }, last(7)] }, ['three']],
  ])('%s', (_case, include, expected) => {
    expect(members(include, facts)).toEqual(expected);
  });
});

describe('values of goals', () => {
  const buyer: Contact = {
    fields: {},
    events: [
      at(1, { type: 'purchase', value: 10 }),
      at(2, { type: 'purchase', value: '30.5' }),
      at(3, { type: 'signup', value: 1000 }),
    ],
  };
  const where = { param: 'type', op: 'equals', value: 'purchase' };

  test.each<[string, string, unknown]>([
    ['sum', 'equals', 40.5],
    ['average', 'equals', 20.25],
    ['min', 'equals', 10],
    ['max', 'equals', 30.5],
    ['sum', 'between', [40, 41]],
  ])('%s %s %j', (kind, op, value) => {
    const rule = ruleOf({ include: goal({ where, measure: { kind, param: 'value', op, value } }) });
    expect(rule.test(factsOf(buyer, START))).toBe(true);
    expect(rule.test(factsOf(people['none']!, START))).toBe(false);
  });

  test('the number of purchases', () => {
    const measure = { kind: 'count', op: 'equals', value: 2 };
    expect(ruleOf({ include: goal({ where, measure }) }).test(factsOf(buyer, START))).toBe(true);
  });
});

describe('which rules time alone changes', () => {
  test.each<[string, object, boolean]>([
    ['a relative date does', last(7), true],
    ['a fixed one does not', goal({ period: { kind: 'after', at: day(20) } }), false],
    ['nor does a field', custom('env', 'equals', 'test'), false],
  ])('%s', (_case, include, changes) => {
    const { changesAt } = ruleOf({ include }).judge(factsOf(people['one']!, START));
    expect(changesAt < Infinity).toBe(changes);
  });
});
