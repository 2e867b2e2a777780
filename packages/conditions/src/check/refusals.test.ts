import { describe, expect, test } from 'vitest';
import { fieldCatalogue } from '../fields.ts';
import { checkDefinition } from './check-definition.ts';

const fields = fieldCatalogue({
  plan: 'text',
  score: 'decimal',
  age: 'integer',
  active: 'boolean',
  end: 'date',
  tags: 'multiple_choice',
});

function issuesOf(input: unknown): [string, string][] {
  const checked = checkDefinition(input, { fields });
  return checked.ok ? [] : checked.issues.map(({ path, message }) => [path, message]);
}

const segment = (include: unknown, rest: object = {}) => ({ language: 1, include, ...rest });
const workout = (rest: object) => segment({ type: 'event', event: 'Workout', ...rest });
const where = (leaf: object) => workout({ where: leaf });
const of = (field: string, rest: object) => segment({ type: 'field', field, ...rest });

describe('field conditions', () => {
  test.each<[string, unknown, string, RegExp]>([
    [
      'an unknown field',
      of('custom.nope', { op: 'is_set' }),
      '/include/field',
      /unknown field "custom.nope"/,
    ],
    ['an unknown system field', of('Email', { op: 'is_set' }), '/include/field', /unknown field/],
    ['no field', segment({ type: 'field', op: 'is_set' }), '/include/field', /name of a field/],
    [
      'an unknown operator',
      of('email', { op: 'like', value: 'a' }),
      '/include/op',
      /unknown operator "like"; expected one of equals/,
    ],
    ['no operator', of('email', {}), '/include/op', /expected one of/],
    [
      'a source that there is not',
      of('source', { op: 'one_of', value: ['api', 'banana'] }),
      '/include/value',
      /source is never "banana"; expected one of import, api/,
    ],
    [
      'an operator of another type',
      of('custom.score', { op: 'contains', value: '5' }),
      '/include/op',
      /expected one of equals.* for a field of type decimal/,
    ],
    [
      'equals on a date',
      of('birthday', { op: 'equals', value: '2000-01-01' }),
      '/include/op',
      /on, before, after/,
    ],
    [
      'a text for a number',
      of('custom.score', { op: 'equals', value: '5' }),
      '/include/value',
      /expected a number/,
    ],
    [
      'a number for a text',
      of('email', { op: 'equals', value: 5 }),
      '/include/value',
      /expected a text/,
    ],
    [
      'a text for a boolean',
      of('custom.active', { op: 'equals', value: 'true' }),
      '/include/value',
      /true or false/,
    ],
    ['no value', of('email', { op: 'equals' }), '/include/value', /expected a text/],
    ['null', of('email', { op: 'equals', value: null }), '/include/value', /expected a text/],
    ['the empty text', of('email', { op: 'equals', value: '' }), '/include/value', /use is_empty/],
    [
      'an empty list',
      of('email', { op: 'one_of', value: [] }),
      '/include/value',
      /list of 1 to 10000/,
    ],
    [
      'too long a list',
      of('email', { op: 'one_of', value: Array(10_001).fill('a') }),
      '/include/value',
      /list of 1 to 10000/,
    ],
    [
      'a number among texts',
      of('email', { op: 'one_of', value: ['a', 5] }),
      '/include/value/1',
      /expected a text/,
    ],
    [
      'a value beside is_set',
      of('email', { op: 'is_set', value: 1 }),
      '/include/value',
      /unknown member/,
    ],
    [
      'low above high',
      of('custom.age', { op: 'between', value: [2, 1] }),
      '/include/value',
      /low to be at most high/,
    ],
    ['one end', of('custom.age', { op: 'between', value: [2] }), '/include/value', /low, high/],
    [
      'from not before to',
      of('birthday', { op: 'between', value: ['2000-01-02', '2000-01-02'] }),
      '/include/value',
      /"from" before "to"/,
    ],
    [
      'a day and an instant',
      of('birthday', { op: 'between', value: ['2000-01-02', '2001-01-02T00:00Z'] }),
      '/include/value',
      /both days or both instants/,
    ],
    [
      'a day that does not exist',
      of('birthday', { op: 'on', value: '2001-02-29' }),
      '/include/value',
      /expected a day/,
    ],
    [
      'an instant for a day',
      of('created_at', { op: 'on', value: '2001-02-28T00:00:00Z' }),
      '/include/value',
      /expected a day/,
    ],
    [
      'a value in place of a period',
      of('birthday', { op: 'in', value: { kind: 'today' } }),
      '/include/period',
      /expected a period/,
    ],
    [
      'a broken period',
      of('birthday', { op: 'in', period: { kind: 'last', n: 0, unit: 'day' } }),
      '/include/period/n',
      /whole number from 1/,
    ],
    [
      'an anniversary that reaches too far',
      of('birthday', { op: 'anniversary', value: { from: 0, to: 367 } }),
      '/include/value/to',
      /-366 to 366/,
    ],
    [
      'an anniversary backwards',
      of('birthday', { op: 'anniversary', value: { from: 1, to: 0 } }),
      '/include/value',
      /at most "to"/,
    ],
    [
      'a zone beside text',
      of('email', { op: 'equals', value: 'a', zone: 'UTC' }),
      '/include/zone',
      /unknown member/,
    ],
    [
      'an unknown zone',
      of('birthday', { op: 'on', value: '2000-01-01', zone: 'Mars' }),
      '/include/zone',
      /IANA zone/,
    ],
    [
      'case beside numbers',
      of('custom.age', { op: 'equals', value: 5, ignore_case: true }),
      '/include/ignore_case',
      /unknown member/,
    ],
    [
      'a pattern that is none',
      of('email', { op: 'matches', value: '(' }),
      '/include/value',
      /expected a pattern/,
    ],
    [
      'a text for multiple choice',
      of('custom.tags', { op: 'equals', value: 'a' }),
      '/include/op',
      /has_any/,
    ],
    [
      'a broken reference',
      of('email', { op: 'equals', value: { $event: 'a..b' } }),
      '/include/value/$event',
      /expected a path/,
    ],
    [
      'a list reference for one value',
      of('email', { op: 'equals', value: { $event: 'items[].sku' } }),
      '/include/value/$event',
      /without \[\]/,
    ],
  ])('%s', (_case, input, path, message) => {
    const issues = issuesOf(input);
    expect(issues).toContainEqual([path, expect.stringMatching(message)]);
  });

  test.each<[string, unknown]>([
    ['address.*', of('address.street', { op: 'is_set' })],
    [
      'a list reference for a list',
      of('email', { op: 'none_of', value: { $event: 'items[].email' } }),
    ],
    [
      'a date-time between',
      of('created_at', { op: 'between', value: ['2026-01-01', '2026-02-01'], zone: 'contact' }),
    ],
  ])('%s is taken', (_case, input) => {
    expect(issuesOf(input)).toEqual([]);
  });
});

describe('event conditions', () => {
  test.each<[string, unknown, string, RegExp]>([
    ['no event', segment({ type: 'event' }), '/include/event', /key of an event type/],
    [
      'an empty name',
      segment({ type: 'event', event: '' }),
      '/include/event',
      /key of an event type/,
    ],
    [
      'an unknown member',
      workout({ count: 1 }),
      '/include/count',
      /unknown member "count"; expected only type, event/,
    ],
    ['a filter that is a list', where([]), '/include/where', /"param" and "op"/],
    ['a filter without op', where({ param: 'a' }), '/include/where/op', /expected one of/],
    ['a filter without param', where({ op: 'is_set' }), '/include/where/param', /expected a path/],
    [
      'a broken path',
      where({ all: [{ param: 'a.', op: 'is_set' }] }),
      '/include/where/all/0/param',
      /expected a path/,
    ],
    [
      'a text for a number',
      where({ param: 'a', op: 'greater', value: '5' }),
      '/include/where/value',
      /expected a number/,
    ],
    [
      'no scalar',
      where({ param: 'a', op: 'equals', value: {} }),
      '/include/where/value',
      /expected a text that is not empty, a number/,
    ],
    [
      'ends of two types',
      where({ param: 'a', op: 'between', value: [1, '2026-01-01'] }),
      '/include/where/value',
      /two numbers.*or two dates/,
    ],
    [
      'case beside a number',
      where({ param: 'a', op: 'equals', value: 5, ignore_case: true }),
      '/include/where/ignore_case',
      /only beside text/,
    ],
    [
      'a zone beside numbers',
      where({ param: 'a', op: 'between', value: [1, 2], zone: 'UTC' }),
      '/include/where/zone',
      /only beside dates/,
    ],
    [
      'an unknown measure',
      workout({ measure: { kind: 'median' } }),
      '/include/measure/kind',
      /expected one of count, sum/,
    ],
    [
      'a measure that is a text',
      workout({ measure: 'count' }),
      '/include/measure',
      /expected a measure/,
    ],
    [
      'half an event',
      workout({ measure: { kind: 'count', op: 'equals', value: 0.5 } }),
      '/include/measure/value',
      /whole number from 0/,
    ],
    [
      'less than none',
      workout({ measure: { kind: 'count', op: 'equals', value: -1 } }),
      '/include/measure/value',
      /whole number from 0/,
    ],
    [
      'a range for one number',
      workout({ measure: { kind: 'count', op: 'equals', value: [1, 2] } }),
      '/include/measure/value',
      /expected one number/,
    ],
    [
      'one number for a range',
      workout({ measure: { kind: 'count', op: 'between', value: 1 } }),
      '/include/measure/value',
      /expected one number/,
    ],
    [
      'a sum of nothing',
      workout({ measure: { kind: 'sum', op: 'equals', value: 1 } }),
      '/include/measure/param',
      /expected a path/,
    ],
    [
      'a count of a parameter',
      workout({ measure: { kind: 'count', param: 'a', op: 'equals', value: 1 } }),
      '/include/measure/param',
      /unknown member/,
    ],
    [
      'a text operator',
      workout({ measure: { kind: 'count', op: 'contains', value: 1 } }),
      '/include/measure/op',
      /expected one of equals/,
    ],
    [
      'events of the future',
      workout({ period: { kind: 'next', n: 1, unit: 'day' } }),
      '/include/period/kind',
      /period for events/,
    ],
    ['a streak today', workout({ measure: { kind: 'streak' } }), '/include/period', /"previous"/],
    [
      'a streak of years',
      workout({ measure: { kind: 'streak' }, period: { kind: 'previous', n: 2, unit: 'year' } }),
      '/include/period/unit',
      /day, week, month/,
    ],
    [
      'a streak of streaks',
      workout({
        measure: { kind: 'streak', each: { kind: 'streak' } },
        period: { kind: 'previous', n: 2, unit: 'day' },
      }),
      '/include/measure/each/kind',
      /expected one of count/,
    ],
  ])('%s', (_case, input, path, message) => {
    expect(issuesOf(input)).toContainEqual([path, expect.stringMatching(message)]);
  });
});
