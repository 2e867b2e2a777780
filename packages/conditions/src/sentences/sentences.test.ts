import { IntlMessageFormat } from 'intl-messageformat';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDefinition, checkNode } from '../check/check-definition.ts';
import { workflowConditions } from '../conditions/index.ts';
import { fieldCatalogue } from '../fields.ts';
import { anyNode, fields as anyFields } from '../test-arbitraries.ts';
import { englishMessages } from './messages.ts';
import { sentence } from './sentence.ts';
import type { MessageValues } from './write.ts';

const messages = englishMessages();
const fields = fieldCatalogue({});

function format(key: string, values: MessageValues): string {
  const message = messages[key];
  if (message === undefined) throw new Error(`no message ${key}`);
  return String(new IntlMessageFormat(message, 'en').format(values));
}

const names = {
  field: (name: string) => (name === 'first_name' ? 'first name' : name),
  category: (key: string) => (key === 'news' ? 'News' : key),
  channel: (key: string) => (key === 'email' ? 'Email' : key.replaceAll('_', ' ')),
  segment: (id: string) => (id === '12' ? 'Runners' : `segment ${id}`),
  message: (id: string) => (id === '12' ? '“Welcome”' : `message ${id}`),
  workflow: (id: string) => (id === '7' ? 'Onboarding' : `workflow ${id}`),
};

function say(input: unknown): string {
  const checked = checkNode(input, { fields, types: workflowConditions });
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return sentence(checked.value, { format, names });
}

const strength = (rest: object) => ({ type: 'event', event: 'Strength', ...rest });
const count = (op: string, value: unknown) => ({ measure: { kind: 'count', op, value } });
const last30 = { period: { kind: 'last', n: 30, unit: 'day' } };
const name = { type: 'field', field: 'first_name', op: 'is_set' };
const city = { type: 'field', field: 'city', op: 'equals', value: 'Kyiv' };

describe('sentences', () => {
  test.each<[unknown, string]>([
    [{ type: 'everyone' }, 'is any contact'],
    [{ type: 'segment', segment: '12' }, 'is in Runners'],
    [{ not: { type: 'segment', segment: '13' } }, 'is not in segment 13'],
    [{ type: 'category', category: 'news' }, 'is subscribed to News'],
    [{ type: 'channel', channel: 'email', state: 'absent' }, 'has no Email'],
    [
      { type: 'channel', channel: 'mobile_push', state: 'reachable', app: 'Fit' },
      'can be reached by mobile push in the app Fit',
    ],
    [name, 'first name is set'],
    [city, 'city is “Kyiv”'],
    [{ ...city, op: 'none_of', value: ['Kyiv', 'Lviv'] }, 'city is none of “Kyiv”, “Lviv”'],
    [{ ...city, value: { $event: 'city' } }, 'city is the event’s city'],
    [{ all: [name, city] }, 'first name is set and city is “Kyiv”'],
    [
      { any: [name, { all: [city, name] }] },
      'first name is set or (city is “Kyiv” and first name is set)',
    ],
    [{ not: city }, 'city is not “Kyiv”'],
    [{ not: { any: [city, name] } }, 'city is not “Kyiv” and first name is empty'],
    [{ not: { all: [city, name] } }, 'not (city is “Kyiv” and first name is set)'],
    [{ not: { not: city } }, 'city is “Kyiv”'],
    [{ not: { ...city, op: 'starts_with' } }, 'city does not start with “Kyiv”'],
    [
      { not: { ...city, field: 'created_at', op: 'before', value: '2026-01-01' } },
      'not (created_at is before 2026-01-01)',
    ],
    [
      { all: [name, city, { type: 'everyone' }] },
      'first name is set, city is “Kyiv” and is any contact',
    ],
    [
      { any: [{ type: 'segment', segment: '12' }, { type: 'segment', segment: '13' }, city] },
      'is in Runners, is in segment 13 or city is “Kyiv”',
    ],
    [
      {
        any: [
          { type: 'segment', segment: '12' },
          { type: 'segment', segment: '13' },
        ],
      },
      'is in Runners or segment 13',
    ],
    [
      {
        not: {
          any: [
            { type: 'category', category: 'news' },
            { type: 'category', category: 'x' },
          ],
        },
      },
      'is subscribed to none of News and x',
    ],
    [
      { not: strength({ ...count('greater_or_equal', 2), ...last30 }) },
      'did Strength less than twice in the last 30 days',
    ],
    [{ not: strength({}) }, 'did not do Strength today'],
    [
      { not: strength({ measure: { kind: 'first' } }) },
      'not (did Strength for the first time today)',
    ],
    [
      { not: { type: 'channel', channel: 'email', state: 'subscribed' } },
      'is not subscribed by Email',
    ],
    [
      {
        type: 'message',
        action: 'opened',
        where: { param: 'message', op: 'one_of', value: ['12', '7'] },
        ...count('less', 1),
        ...last30,
      },
      'did not open a message where message is one of “Welcome”, message 7 in the last 30 days',
    ],
    [
      {
        type: 'message',
        action: 'delivered',
        where: { not: { param: 'opened', op: 'equals', value: true } },
        period: { kind: 'ever' },
      },
      'received a message where opened is not true at any time',
    ],
    [
      { type: 'message', action: 'clicked', machine: true },
      'clicked a link in a message (machines count too) today',
    ],
    [
      {
        type: 'device',
        where: {
          all: [
            { param: 'platform', op: 'equals', value: 'iOS' },
            { param: 'app_version', op: 'less', value: '2.0' },
          ],
        },
      },
      'has a device where platform is “iOS” and app version is less than “2.0”',
    ],
    [
      { not: { type: 'device', where: { param: 'push_enabled', op: 'equals', value: true } } },
      'has no device where push permission is true',
    ],
    [{ type: 'workflow', workflow: '7', state: 'completed' }, 'completed Onboarding'],
    [
      { not: { type: 'workflow', workflow: '7', state: 'entered', ...last30 } },
      'did not enter Onboarding in the last 30 days',
    ],
    [
      {
        type: 'workflow',
        workflow: '8',
        state: 'running',
        period: { kind: 'longer_ago', n: 7, unit: 'day' },
      },
      'is in workflow 8, entered more than 7 days ago',
    ],
    [
      {
        type: 'order',
        measure: { kind: 'sum', param: 'total', op: 'greater_or_equal', value: 100 },
        ...last30,
      },
      'placed an order with total adding up to at least 100 in the last 30 days',
    ],
    [{ type: 'order', ...count('equals', 0), ...last30 }, 'placed no order in the last 30 days'],
    [{ all: [{ any: [city, name] }] }, 'city is “Kyiv” or first name is set'],
    [{ all: [] }, 'always'],
    [strength({}), 'did Strength today'],
    [
      strength({ ...count('greater_or_equal', 2), ...last30 }),
      'did Strength at least twice in the last 30 days',
    ],
    [strength({ ...count('equals', 0), ...last30 }), 'did not do Strength in the last 30 days'],
    [
      strength({ ...count('less', 1), period: { kind: 'ever' } }),
      'did not do Strength at any time',
    ],
    [
      strength({ ...count('between', [1, 3]), period: { kind: 'yesterday', zone: 'workspace' } }),
      'did Strength between 1 and 3 times yesterday (workspace time)',
    ],
    [
      strength({ ...count('less', { $event: 'n' }) }),
      'did Strength less than the event’s n times today',
    ],
    [
      strength({
        where: {
          all: [
            { param: 'kind', op: 'equals', value: 'Push' },
            { param: 'burned', op: 'greater', value: 500.25 },
          ],
        },
      }),
      'did Strength where kind is “Push” and burned is greater than 500.25 today',
    ],
    [
      strength({
        measure: { kind: 'sum', param: 'burned', op: 'greater', value: 1000 },
        period: { kind: 'this', unit: 'week', zone: 'contact' },
      }),
      'did Strength with burned adding up to more than 1,000 this week (the contact’s time)',
    ],
    [
      strength({ measure: { kind: 'average', param: 'burned', op: 'between', value: [1, 2] } }),
      'did Strength with burned on average between 1 and 2 today',
    ],
    [
      strength({
        measure: { kind: 'distinct', param: 'lesson', op: 'greater_or_equal', value: 3 },
      }),
      'did Strength with at least 3 different values of lesson today',
    ],
    [
      strength({ measure: { kind: 'last' }, period: { kind: 'longer_ago', n: 9, unit: 'day' } }),
      'did Strength for the last time more than 9 days ago',
    ],
    [
      strength({ measure: { kind: 'first' }, period: { kind: 'after', at: '2026-01-01' } }),
      'did Strength for the first time on or after 2026-01-01',
    ],
    [
      strength({ measure: { kind: 'streak' }, period: { kind: 'previous', n: 4, unit: 'week' } }),
      'did Strength in each of the 4 previous weeks',
    ],
    [
      strength({
        measure: {
          kind: 'streak',
          each: { kind: 'sum', param: 'steps', op: 'greater_or_equal', value: 10_000 },
        },
        period: { kind: 'previous', n: 7, unit: 'day' },
      }),
      'did Strength with steps adding up to at least 10,000 on each of the 7 previous days',
    ],
    [
      { type: 'field', field: 'birthday', op: 'anniversary', value: { from: -3, to: 0 } },
      'birthday has its anniversary between 3 days ago and today',
    ],
    [
      { type: 'field', field: 'birthday', op: 'anniversary', value: { from: 1, to: 1 } },
      'birthday has its anniversary 1 day from now',
    ],
    [
      {
        type: 'field',
        field: 'birthday',
        op: 'in',
        period: { kind: 'previous', n: 1, unit: 'quarter' },
      },
      'birthday lies in the previous quarter',
    ],
    [
      {
        type: 'field',
        field: 'created_at',
        op: 'before',
        value: '2026-01-01',
        zone: 'Europe/Kyiv',
      },
      'created_at is before 2026-01-01 (Europe/Kyiv time)',
    ],
    [
      { type: 'event_param', param: 'total', op: 'between', value: [1, 2] },
      'the event’s total is between 1 and 2',
    ],
    [
      { type: 'now', weekdays: [1, 7], time: { from: '09:00', to: '17:00' }, zone: 'contact' },
      'it is Monday or Sunday and from 09:00 until before 17:00 (the contact’s time)',
    ],
    [{ type: 'now', dates: { from: '2026-12-24' } }, 'it is on or after 2026-12-24'],
  ])('%j: %s', (input, expected) => {
    expect(say(input)).toBe(expected);
  });

  const often = strength({ ...count('greater_or_equal', 2), ...last30 });
  const inSegment = (id: string) => ({ type: 'segment', segment: id });

  test.each<[unknown, unknown, string]>([
    [
      often,
      { any: [inSegment('12'), inSegment('13'), inSegment('14')] },
      'did Strength at least twice in the last 30 days and is in none of Runners, segment 13 and segment 14',
    ],
    [
      often,
      inSegment('12'),
      'did Strength at least twice in the last 30 days and is not in Runners',
    ],
    [
      { any: [often, name] },
      city,
      '(did Strength at least twice in the last 30 days or first name is set) and city is not “Kyiv”',
    ],
    [
      { all: [often, name] },
      { any: [city, inSegment('12')] },
      'did Strength at least twice in the last 30 days, first name is set, city is not “Kyiv” and is not in Runners',
    ],
    [
      name,
      { all: [city, name] },
      'first name is set, except those for whom city is “Kyiv” and first name is set',
    ],
    [{ type: 'everyone' }, inSegment('12'), 'is any contact and is not in Runners'],
  ])('a definition tells whom it leaves out: %j without %j', (include, exclude, expected) => {
    const checked = checkDefinition({ language: 1, include, exclude }, { fields });
    if (!checked.ok) throw new Error('refused');
    expect(sentence(checked.value, { format, names })).toBe(expected);
  });

  test('every condition has one, with no message missing and nothing left to fill in', () => {
    fc.assert(
      fc.property(anyNode, (input) => {
        const checked = checkNode(input, { fields: anyFields });
        if (!checked.ok) throw new Error('refused');
        const quoted = (text: string) => `“${text}”`;
        const said = sentence(checked.value, {
          format,
          names: { category: quoted, channel: quoted },
        });
        expect(said).not.toBe('');
        // Spaces at the ends of a value, as in a message's ID, are the reader's own.
        const spaced = / {2}|" | "/.test(JSON.stringify(input));
        expect(said).not.toMatch(spaced ? /[{}]|undefined|null/ : /[{}]|undefined|null| {2}/);
      }),
      { numRuns: 300 },
    );
  });

  test('all messages are well-formed', () => {
    for (const message of Object.values(messages)) {
      expect(() => new IntlMessageFormat(message, 'en')).not.toThrow();
    }
  });
});
