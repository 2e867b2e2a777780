import { describe, expect, test } from 'vitest';
import { workflowConditions } from '../conditions/index.ts';
import { nodeSchema } from '../definition.ts';
import { fieldCatalogue } from '../fields.ts';
import type { Json } from '../json.ts';
import { compilePattern } from '../patterns/compile-pattern.ts';
import { parsePattern } from '../patterns/parse-pattern.ts';
import { searches } from '../patterns/run-pattern.ts';
import { type CheckOptions, checkDefinition, checkNode } from './check-definition.ts';
import type { SegmentDescription } from './context.ts';

// What people and programs send that is wrong, each refused in its place.

const fields = fieldCatalogue({ age: 'integer', plan: 'text', tags: 'multiple_choice' });

function issuesOf(include: unknown, options: Partial<CheckOptions> = {}): [string, string][] {
  const checked = checkDefinition({ language: 1, include }, { fields, ...options });
  return checked.ok ? [] : checked.issues.map(({ path, message }) => [path, message]);
}

const field = (name: string, rest: object) => ({ type: 'field', field: name, ...rest });
const event = (rest: object) => ({ type: 'event', event: 'Workout', ...rest });
const last = (n: Json) => event({ period: { kind: 'last', n, unit: 'day' } });
const nested = (depth: number): Json =>
  depth === 1 ? { type: 'everyone' } : { not: nested(depth - 1) };
const many = (n: number) => ({ all: Array.from({ length: n }, () => ({ type: 'everyone' })) });

describe('bad input', () => {
  test.each<[string, unknown, string, RegExp]>([
    [
      'a field that does not exist',
      field('custom.colour', { op: 'is_set' }),
      '/include/field',
      /unknown field "custom.colour"/,
    ],
    ['21 levels', nested(21), `/include${'/not'.repeat(20)}`, /at most 20 levels/],
    ['501 conditions', many(501), '/include/all/500', /at most 500 conditions/],
    [
      'a number for a text',
      field('custom.plan', { op: 'equals', value: 5 }),
      '/include/value',
      /expected a text/,
    ],
    [
      'a text for a number',
      field('custom.age', { op: 'greater', value: 'old' }),
      '/include/value',
      /expected a number/,
    ],
    [
      'a number’s operator on a text',
      field('custom.plan', { op: 'greater', value: 5 }),
      '/include/op',
      /for a field of type text/,
    ],
    [
      'a list’s operator on a number',
      field('custom.age', { op: 'has_any', value: ['a'] }),
      '/include/op',
      /for a field of type integer/,
    ],
    ['a period of nothing', last(0), '/include/period/n', /whole number from 1/],
    ['half a period', last(1.5), '/include/period/n', /whole number from 1/],
    ['a period of a thousand million days', last(1e9), '/include/period/n', /at most 100 years/],
    [
      'a streak of a thousand million days',
      event({
        measure: { kind: 'streak' },
        period: { kind: 'previous', n: 1e9, unit: 'day' },
      }),
      '/include/period/n',
      /at most 100 years/,
    ],
    [
      'a zone that does not exist',
      event({ period: { kind: 'today', zone: 'Europe/Atlantis' } }),
      '/include/period/zone',
      /known IANA zone/,
    ],
    [
      'an offset in place of a zone',
      event({ period: { kind: 'today', zone: '+02:00' } }),
      '/include/period/zone',
      /known IANA zone/,
    ],
    [
      'dates ahead for events',
      event({ period: { kind: 'next', n: 1, unit: 'day' } }),
      '/include/period/kind',
      /"next" is for dates/,
    ],
    [
      'an action that messages do not have',
      { type: 'message', action: 'read' },
      '/include/action',
      /expected one of sent, delivered/,
    ],
    [
      'a message asked for what it does not have',
      { type: 'message', action: 'sent', where: { all: [{ param: 'subject', op: 'is_set' }] } },
      '/include/where/all/0/param',
      /unknown "subject"; expected one of channel, message, tag/,
    ],
    [
      'a text for whether it was opened',
      {
        type: 'message',
        action: 'delivered',
        where: { param: 'opened', op: 'equals', value: 'no' },
      },
      '/include/where/value',
      /expected true or false/,
    ],
    [
      'a tag compared as a text',
      { type: 'message', action: 'sent', where: { param: 'tag', op: 'equals', value: 'x' } },
      '/include/where/op',
      /has_any, has_all, has_none, is_set, is_empty for tag, a list/,
    ],
    [
      'runs ahead',
      {
        type: 'workflow',
        workflow: '7',
        state: 'entered',
        period: { kind: 'next', n: 1, unit: 'day' },
      },
      '/include/period/kind',
      /expected a period for runs/,
    ],
    [
      'a workflow by its name',
      { type: 'workflow', workflow: 'Welcome', state: 'entered' },
      '/include/workflow',
      /ID of a workflow/,
    ],
    [
      'a state that runs do not have',
      { type: 'workflow', workflow: '7', state: 'done' },
      '/include/state',
      /expected one of entered, running/,
    ],
    ['a device without a filter', { type: 'device' }, '/include/where', /"param" and "op"/],
    [
      'a device asked for what it does not have',
      { type: 'device', where: { param: 'colour', op: 'is_set' } },
      '/include/where/param',
      /unknown "colour"; expected one of platform, os_version/,
    ],
    [
      'a version that is none',
      { type: 'device', where: { param: 'app_version', op: 'greater', value: 'v2' } },
      '/include/where/value',
      /version of dotted numbers/,
    ],
    [
      'a number for a version',
      { type: 'device', where: { param: 'app_version', op: 'less', value: 2 } },
      '/include/where/value',
      /version of dotted numbers/,
    ],
    [
      'versions the wrong way round',
      {
        type: 'device',
        where: { param: 'app_version', op: 'between', value: ['1.10', '1.9'] },
      },
      '/include/where/value',
      /low to be at most high/,
    ],
  ])('%s', (_case, include, path, message) => {
    expect(issuesOf(include)).toEqual([[path, expect.stringMatching(message)]]);
  });

  test.each<[string, unknown]>([
    ['20 levels', nested(20)],
    ['500 conditions', many(500)],
    ['a period of 100 years', last(36_500)],
    [
      'part of a version',
      { type: 'device', where: { param: 'os_version', op: 'starts_with', value: '17.' } },
    ],
    [
      'some tag compared as a text',
      { type: 'message', action: 'sent', where: { param: 'tag[]', op: 'starts_with', value: 'x' } },
    ],
  ])('%s are taken', (_case, include) => {
    expect(issuesOf(include)).toEqual([]);
  });
});

describe('patterns that explode elsewhere', () => {
  /** How many instructions of the pattern's program a search reads. */
  function stepsOf(text: string, subject: string): { steps: number; size: number } {
    const parsed = parsePattern(text);
    if (!parsed.ok) throw new Error(parsed.message);
    const program = compilePattern(parsed.pattern, false);
    let steps = 0;
    const counted = new Proxy(program, {
      get(target, key, receiver) {
        if (typeof key === 'string' && /^\d+$/.test(key)) steps += 1;
        return Reflect.get(target, key, receiver) as unknown;
      },
    });
    searches(counted)(subject);
    return { steps, size: program.length };
  }

  test.each([
    '(a+)+$',
    '(a|a)*b',
    '(a|aa)+$',
    '(.*)*x',
    '(a*)*b',
    '^(([a-z])+.)+[A-Z]$',
    '(a?){30}a{30}',
  ])('%s takes steps in proportion to the text', (pattern) => {
    const [half, whole] = [1000, 2000].map((n) => stepsOf(pattern, `${'a'.repeat(n)}!`));
    expect(whole!.steps).toBeLessThan(2.1 * half!.steps);
    // Each instruction is looked at once when it is added, and once when a character is read.
    expect(whole!.steps).toBeLessThanOrEqual(2 * whole!.size * 2002);
  });
});

describe('other segments', () => {
  const known: Record<string, SegmentDescription> = {
    1: { name: 'Runners', segments: ['2'] },
    2: { name: 'Active', segments: ['3', '4'] },
    3: { name: 'VIP' },
    4: { name: 'New', segments: ['5', '2'] },
    5: { segments: ['1'] },
    6: { name: 'Readers of a book', usesEvent: true },
  };
  const segments = (id: string) => known[id];
  const inSegment = (id: string) => ({ any: [{ type: 'segment', segment: id }] });

  test.each<[string, string, string, RegExp]>([
    ['itself', '1', '1', /depend on itself: "Runners" → "Runners"$/],
    [
      'one that leads back to it',
      '1',
      '4',
      /depend on itself: "Runners" → "New" → "segment 5" → "Runners"$/,
    ],
    ['one that there is not', '1', '99', /there is no segment "99"/],
    ['one that needs an event', '1', '6', /"Readers of a book" takes values from an event/],
  ])('%s is refused', (_case, self, id, message) => {
    expect(issuesOf(inSegment(id), { segments, self })).toEqual([
      ['/include/any/0/segment', expect.stringMatching(message)],
    ]);
  });

  test.each<[string, string, string | undefined]>([
    ['one that leads elsewhere, even in circles', '4', '6'],
    ['any by a new segment', '1', undefined],
  ])('%s is taken', (_case, id, self) => {
    expect(issuesOf(inSegment(id), { segments, self })).toEqual([]);
  });

  test('a catalogue may know no more than that they exist', () => {
    const exists = (id: string) => id === '1';
    expect(issuesOf(inSegment('1'), { segments: exists, self: '2' })).toEqual([]);
    expect(issuesOf(inSegment('2'), { segments: exists })).toHaveLength(1);
  });
});

test('a workflow that there is not is refused', () => {
  const include = { type: 'workflow', workflow: '7', state: 'entered' };
  expect(issuesOf(include, { workflows: (id) => id === '8' })).toEqual([
    ['/include/workflow', 'there is no workflow "7"'],
  ]);
  expect(issuesOf(include, { workflows: (id) => id === '7' })).toEqual([]);
});

describe('values from an event where there is none', () => {
  const fromEvent = { $event: 'book' };
  test.each<[string, unknown, string]>([
    [
      'of a field',
      { not: field('email', { op: 'equals', value: fromEvent }) },
      '/include/not/value',
    ],
    [
      'of a filter',
      event({ where: { all: [{ param: 'book', op: 'equals', value: fromEvent }] } }),
      '/include/where/all/0/value',
    ],
    [
      'of a measure',
      event({ measure: { kind: 'count', op: 'less', value: fromEvent } }),
      '/include/measure/value',
    ],
  ])('%s are refused', (_case, include, path) => {
    expect(issuesOf(include)).toEqual([]);
    expect(issuesOf(include, { withoutEvent: true })).toEqual([
      [path, 'there is no event here to take a value from; expected the value itself'],
    ]);
  });

  test('a bare node is asked too', () => {
    const node = field('email', { op: 'equals', value: fromEvent });
    const checked = checkNode(node, { fields, types: workflowConditions, withoutEvent: true });
    expect(checked.ok).toBe(false);
  });
});

describe('event types that did not come yet', () => {
  const events = (key: string) => key === 'Workout';
  const warningsOf = (include: unknown) => {
    const checked = checkDefinition({ language: 1, include }, { fields, events });
    return checked.ok ? checked.warnings : undefined;
  };

  test('are told of as warnings, in their place', () => {
    const include = { all: [event({}), { not: { type: 'event', event: 'Yoga' } }] };
    expect(warningsOf(include)).toEqual([
      { path: '/include/all/1/not/event', message: 'no event of the type "Yoga" has come yet' },
    ]);
  });

  test('nothing is told of those that came', () => {
    expect(warningsOf(event({}))).toEqual([]);
  });
});

test.each([
  ['a version between two', { param: 'app_version', op: 'between', value: ['1.2', '2'] }, true],
  ['a date between two', { param: 'last_seen_at', op: 'between', value: ['1.2', '2'] }, false],
  ['what devices do not have', { param: 'colour', op: 'is_set' }, false],
])('the documented shape of devices knows %s', (_case, where, fits) => {
  const node = { all: [{ type: 'device', where }] };
  expect(nodeSchema().safeParse(node).success).toBe(fits);
  expect(checkNode(node, { fields }).ok).toBe(fits);
});
