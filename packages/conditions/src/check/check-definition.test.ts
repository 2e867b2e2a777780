import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { workflowConditions } from '../conditions/index.ts';
import { definitionSchema } from '../definition.ts';
import { fieldCatalogue } from '../fields.ts';
import type { Json } from '../json.ts';
import { whereSchema } from '../where/where.ts';
import { checkDefinition, checkNode } from './check-definition.ts';
import { DEFAULT_LIMITS } from './limits.ts';

const fields = fieldCatalogue({ plan: 'text' }, { phone: (text) => text.replaceAll(' ', '') });

function issuesOf(input: unknown): [string, string][] {
  const checked = checkDefinition(input, { fields });
  return checked.ok ? [] : checked.issues.map(({ path, message }) => [path, message]);
}

const everyone = { type: 'everyone' };
const segment = (include: unknown, rest: object = {}) => ({ language: 1, include, ...rest });
const workout = (rest: object) => segment({ type: 'event', event: 'Workout', ...rest });
const where = (leaf: object) => workout({ where: leaf });
const of = (field: string, rest: object) => segment({ type: 'field', field, ...rest });

describe('definitions', () => {
  test.each<[string, unknown, string, RegExp]>([
    ['not an object', 5, '', /expected an object/],
    ['a list', [], '', /expected an object/],
    ['without language', { include: everyone }, '/language', /expected 1/],
    [
      'of a newer language',
      { language: 2, what: 'ever' },
      '/language',
      /language 2 is newer than 1/,
    ],
    ['without include', { language: 1 }, '/include', /expected an object with the "type"/],
    [
      'with an unknown member',
      segment(everyone, { includes: everyone }),
      '/includes',
      /unknown member/,
    ],
    ['without any condition', segment({ all: [] }), '/include', /at least one condition/],
    [
      'with a broken exclude',
      segment(everyone, { exclude: { any: {} } }),
      '/exclude/any',
      /a list/,
    ],
    ['with a null exclude', segment(everyone, { exclude: null }), '/exclude', /expected an object/],
  ])('%s', (_case, input, path, message) => {
    const issues = issuesOf(input);
    expect(issues).toContainEqual([path, expect.stringMatching(message)]);
  });

  test('a newer language is refused by name and for nothing else', () => {
    expect(issuesOf({ language: 7, members: 'all' }).at(-1)).toEqual([
      '/language',
      'segment language 7 is newer than 1, the newest that this version reads',
    ]);
  });
});

describe('nodes', () => {
  test.each<[string, unknown, string, RegExp]>([
    ['a text', segment('everyone'), '/include', /expected an object/],
    [
      'an object of nothing',
      segment({}),
      '/include/type',
      /type of a condition; available: everyone/,
    ],
    ['a number for a type', segment({ type: 5 }), '/include/type', /type of a condition/],
    [
      'a type of later',
      segment({ type: 'prediction', action: 'opened' }),
      '/include/type',
      /unknown condition type "prediction"; available: everyone, field, event/,
    ],
    [
      'a type of objects',
      segment({ type: 'constructor' }),
      '/include/type',
      /unknown condition type/,
    ],
    [
      'two joins',
      segment({ all: [everyone], any: [] }),
      '/include/any',
      /unknown member "any"; expected only "all"/,
    ],
    ['parts that are no list', segment({ all: everyone }), '/include/all', /list/],
    [
      'a broken part deep inside',
      segment({ all: [everyone, { not: { any: [{ type: 'x' }] } }] }),
      '/include/all/1/not/any/0/type',
      /unknown/,
    ],
    [
      'a segment that is no ID',
      segment({ type: 'segment', segment: 12 }),
      '/include/segment',
      /expected a string/,
    ],
    [
      'a segment by its name',
      segment({ type: 'segment', segment: 'vip' }),
      '/include/segment',
      /expected the ID of a segment/,
    ],
    [
      'a category that is no key',
      segment({ type: 'category', category: '' }),
      '/include/category',
      /expected the key/,
    ],
    [
      'a channel in a state that none has',
      segment({ type: 'channel', channel: 'email', state: 'happy' }),
      '/include/state',
      /expected one of subscribed/,
    ],
    [
      'everyone with more',
      segment({ ...everyone, field: 'email' }),
      '/include/field',
      /unknown member "field"; expected only type/,
    ],
  ])('%s', (_case, input, path, message) => {
    expect(issuesOf(input)).toEqual([[path, expect.stringMatching(message)]]);
  });

  test('all mistakes are told, each in its place', () => {
    const input = segment({ all: [{ type: 'x' }, { type: 'field', field: 'nope' }, everyone, 5] });
    expect(issuesOf(input).map(([path]) => path)).toEqual([
      '/include/all/0/type',
      '/include/all/1/field',
      '/include/all/3',
    ]);
  });

  test('keys with slashes are escaped in pointers', () => {
    expect(issuesOf(segment({ ...everyone, 'a/b~c': 1 })).map(([path]) => path)).toEqual([
      '/include/a~1b~0c',
    ]);
  });
});

describe('conditions of workflows', () => {
  const check = (node: unknown) => {
    const checked = checkNode(node, { fields, types: workflowConditions });
    return checked.ok ? [] : checked.issues.map(({ path }) => path);
  };

  test.each<[unknown, string[]]>([
    [{ type: 'event_param', param: 'a', op: 'equals', value: 1 }, []],
    [{ type: 'event_param', param: 'a..', op: 'equals', value: 1 }, ['/param']],
    [{ type: 'event_param', op: 'nope' }, ['/op']],
    [{ type: 'now', weekdays: [1, 7] }, []],
    [{ type: 'now', time: { from: '22:00', to: '06:00' }, zone: 'contact' }, []],
    [{ type: 'now', dates: { from: '2026-12-24' } }, []],
    [{ type: 'now' }, ['']],
    [{ type: 'now', weekdays: [] }, ['/weekdays']],
    [{ type: 'now', weekdays: [0] }, ['/weekdays/0']],
    [{ type: 'now', time: { from: '24:00', to: '06:00' } }, ['/time/from']],
    [{ type: 'now', time: { from: '06:00', to: '06:00' } }, ['/time']],
    [{ type: 'now', dates: {} }, ['/dates']],
    [{ type: 'now', dates: { from: '2026-02-01', to: '2026-01-01' } }, ['/dates']],
    [{ type: 'now', weekdays: [1], zone: '+1' }, ['/zone']],
    [{ all: [] }, []],
  ])('%j', (node, paths) => {
    expect(check(node)).toEqual(paths);
  });

  test('are refused in segments', () => {
    expect(issuesOf(segment({ type: 'now', weekdays: [1] }))).toEqual([
      [
        '/include/type',
        'unknown condition type "now"; available: everyone, field, event, message, segment, channel, ' +
          'category, device, workflow, order',
      ],
    ]);
  });
});

describe('bounds', () => {
  const nested = (depth: number): Json => (depth === 1 ? everyone : { not: nested(depth - 1) });

  test('20 levels are taken, the 21st is refused where it begins', () => {
    expect(issuesOf(segment(nested(20)))).toEqual([]);
    expect(issuesOf(segment(nested(21)))).toEqual([
      [`/include${'/not'.repeat(20)}`, 'expected at most 20 levels of nodes'],
    ]);
  });

  test('levels of a filter count on from those of its condition', () => {
    const leaf = { param: 'a', op: 'is_set' };
    const filter = (depth: number): object => (depth === 1 ? leaf : { not: filter(depth - 1) });
    expect(issuesOf(where(filter(19)))).toEqual([]);
    expect(issuesOf(where(filter(20)))).toHaveLength(1);
  });

  test('500 conditions are taken, the 501st is refused once', () => {
    const any = (n: number) => segment({ any: Array.from({ length: n }, () => ({ ...everyone })) });
    expect(issuesOf(any(500))).toEqual([]);
    expect(issuesOf(any(600))).toEqual([['/include/any/500', 'expected at most 500 conditions']]);
  });

  test('leaves of filters are conditions too', () => {
    const leaves = Array.from({ length: 500 }, () => ({ param: 'a', op: 'is_set' }));
    expect(issuesOf(where({ any: leaves }))).toHaveLength(1);
  });

  test('an operator may change them', () => {
    const limits = { ...DEFAULT_LIMITS, depth: 2 };
    expect(checkDefinition(segment(nested(3)), { fields, limits }).ok).toBe(false);
  });

  test('JSON that is nested 100,000 times is refused, not followed', () => {
    let json: Json = everyone;
    for (let depth = 0; depth < 100_000; depth += 1) json = { not: json };
    expect(issuesOf(segment(json))).toHaveLength(1);
    let value: Json = 'a';
    for (let depth = 0; depth < 100_000; depth += 1) value = [value];
    expect(issuesOf(of('email', { op: 'one_of', value }))).toHaveLength(1);
  });
});

describe('what is saved', () => {
  const saved = (node: unknown) => {
    const checked = checkNode(node, { fields });
    return checked.ok ? checked.value : checked.issues;
  };

  test.each<[string, object, object]>([
    [
      'e-mails in lower case',
      { field: 'email', op: 'equals', value: 'Ann@X.COM' },
      { value: 'ann@x.com' },
    ],
    [
      'parts of e-mails too',
      { field: 'email', op: 'ends_with', value: '@X.COM' },
      { value: '@x.com' },
    ],
    [
      'patterns on them as they are',
      { field: 'email', op: 'matches', value: '^A\\d' },
      { value: '^A\\d' },
    ],
    ['each of a list', { field: 'email', op: 'one_of', value: ['A', 'b'] }, { value: ['a', 'b'] }],
    [
      'languages in BCP 47 case',
      { field: 'language', op: 'equals', value: 'EN-us' },
      { value: 'en-US' },
    ],
    [
      'what is no language as it is',
      { field: 'language', op: 'equals', value: '!' },
      { value: '!' },
    ],
    [
      'phones as the catalogue says',
      { field: 'phone', op: 'equals', value: '+380 44' },
      { value: '+38044' },
    ],
    ['NUL replaced', { field: 'custom.plan', op: 'equals', value: 'a\0' }, { value: 'a\uFFFD' }],
    [
      'references as they are',
      { field: 'email', op: 'equals', value: { $event: 'E' } },
      { value: { $event: 'E' } },
    ],
  ])('%s', (_case, condition, change) => {
    expect(saved({ type: 'field', ...condition })).toEqual({
      type: 'field',
      ...condition,
      ...change,
    });
  });

  test('lone surrogates in names and filters are replaced', () => {
    const node = {
      type: 'event',
      event: 'a\uD800',
      where: { param: 'b\uDC00', op: 'equals', value: '\0' },
    };
    expect(saved(node)).toEqual({
      type: 'event',
      event: 'a\uFFFD',
      where: { param: 'b\uFFFD', op: 'equals', value: '\uFFFD' },
    });
  });
});

test.each(['address', 'addressee', 'custom.address.street'])('%s is no field', (name) => {
  expect(issuesOf(of(name, { op: 'is_set' }))).toHaveLength(1);
});

describe('schemas', () => {
  test('definitions and filters have a JSON schema', () => {
    expect(z.toJSONSchema(definitionSchema(), { io: 'input' })).toHaveProperty(
      'properties.include',
    );
    expect(z.toJSONSchema(whereSchema, { io: 'input' })).toHaveProperty('type', 'object');
  });

  test('a filter inside another schema tells mistakes in their place', () => {
    const start = z.strictObject({ event: z.string(), where: whereSchema.optional() });
    expect(start.safeParse({ event: 'E' }).success).toBe(true);
    const broken = { event: 'E', where: { all: [{ param: 'a', op: 'greater', value: 'x' }] } };
    expect(start.safeParse(broken).error?.issues).toMatchObject([
      { path: ['where', 'all', '0', 'value'], message: 'expected a number' },
    ]);
    expect(start.safeParse({ event: 'E', where: 5 }).error?.issues).toMatchObject([
      { path: ['where'], message: expect.stringContaining('"param" and "op"') as string },
    ]);
  });
});
