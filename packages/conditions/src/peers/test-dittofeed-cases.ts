import type { Json } from '../json.ts';
import { type PeerCase, START, custom } from './test-play.ts';

const env = custom('env', 'equals', 'test');
const did = (rest: object) => ({ type: 'event', event: 'test', period: { kind: 'ever' }, ...rest });
const times = (op: string, value: Json) => ({ measure: { kind: 'count', op, value } });
const within = (n: number) => ({ period: { kind: 'last', n, unit: 'minute' } });

/**
 * What Dittofeed's tests of incrementally computed segments pin (their D numbers are ours), as far as
 * this language says it. Their windows of seconds are minutes here.
 */
export const dittofeedCases: readonly PeerCase[] = [
  {
    id: 'D1 everyone',
    include: { type: 'everyone' },
    steps: [{ identify: { u1: {}, u2: {} }, members: ['u1', 'u2'] }],
  },
  {
    id: 'D2 a trait that changes',
    include: env,
    steps: [
      { identify: { u1: { 'custom.env': 'test' } }, members: ['u1'] },
      { identify: { u1: { 'custom.env': 'other' } }, members: [] },
    ],
  },
  {
    id: 'D4 at least 20.5',
    include: custom('age', 'greater_or_equal', 20.5),
    steps: [
      { identify: { u1: { 'custom.age': 21.5 } }, members: ['u1'] },
      { identify: { u1: { 'custom.age': 19.5 } }, members: [] },
    ],
  },
  {
    id: 'D5 less than 20.5',
    include: custom('age', 'less', 20.5),
    steps: [
      { identify: { u1: { 'custom.age': 19.5 } }, members: ['u1'] },
      { identify: { u1: { 'custom.age': 21.5 } }, members: [] },
    ],
  },
  {
    id: 'D7 a key with a blank',
    include: custom('two words', 'equals', 'x'),
    steps: [{ identify: { u1: { 'custom.two words': 'x' } }, members: ['u1'] }],
  },
  {
    id: 'D8 not equal includes the missing',
    include: custom('env', 'not_equals', 'prod'),
    steps: [
      {
        identify: { u1: { 'custom.env': 'test' }, u2: { 'custom.env': 'prod' }, u3: {} },
        members: ['u1', 'u3'],
      },
    ],
  },
  {
    id: 'D9 exists',
    include: custom('env', 'is_set'),
    steps: [{ identify: { u1: { 'custom.env': 'test' }, u2: {} }, members: ['u1'] }],
  },
  {
    id: 'D10 an empty e-mail is none',
    include: { type: 'field', field: 'email', op: 'is_empty' },
    steps: [
      {
        identify: { u1: { email: 'a@b.c' }, u2: { email: '' }, u3: {}, u4: {} },
        members: ['u2', 'u3', 'u4'],
      },
      { identify: { u3: { email: 'c@b.c' }, u4: { email: 'd@b.c' } }, members: ['u2'] },
      { identify: { u2: { email: 'b@b.c' }, u4: { 'custom.env': 'x' } }, members: [] },
    ],
  },
  {
    id: 'D11, D12 two traits, arriving apart',
    include: { all: [env, custom('status', 'equals', 'running')] },
    steps: [
      { identify: { u1: { 'custom.env': 'test' } }, members: [] },
      { identify: { u1: { 'custom.status': 'running' } }, members: ['u1'] },
      { identify: { u1: { 'custom.status': 'stopped' } }, members: [] },
    ],
  },
  {
    id: 'D13 a trait and an event',
    include: { all: [env, did({})] },
    steps: [
      {
        identify: { u1: { 'custom.env': 'test' }, u2: { 'custom.env': 'test' } },
        track: [
          ['u1', 'test'],
          ['u2', 'unrelated'],
        ],
        members: ['u1'],
      },
      { members: ['u1'] },
    ],
  },
  {
    id: 'D14 an event that leaves its window without a new one',
    include: { all: [env, did(within(5))] },
    steps: [
      { identify: { u1: { 'custom.env': 'test' } }, track: [['u1', 'test']], members: ['u1'] },
      { at: 1, members: ['u1'] },
      { at: 7, members: [] },
    ],
  },
  {
    id: 'D15 absence that begins without a new event',
    include: { all: [env, did({ ...times('equals', 0), ...within(5) })] },
    steps: [
      {
        identify: {
          u1: { 'custom.env': 'test' },
          u2: { 'custom.env': 'test' },
          u3: { 'custom.env': 'prod' },
        },
        track: [['u2', 'test']],
        members: ['u1'],
      },
      { at: 1, members: ['u1'] },
      { at: 7, members: ['u1', 'u2'] },
    ],
  },
  {
    id: 'D16 created within the last hour',
    include: {
      type: 'field',
      field: 'custom.created',
      op: 'in',
      period: { kind: 'last', n: 1, unit: 'hour' },
    },
    steps: [
      { identify: { u1: { 'custom.created': '2026-10-14T09:30:00Z' } }, members: ['u1'] },
      { at: 3, members: ['u1'] },
      { at: 1200, members: [] },
    ],
  },
  {
    id: 'D18 created after an instant',
    include: custom('created', 'after', '2026-10-14T14:30:00Z'),
    steps: [
      { identify: { u1: { 'custom.created': '2026-10-14T09:30:00Z' } }, members: [] },
      { at: 420, identify: { u2: { 'custom.created': '2026-10-14T16:30:00Z' } }, members: ['u2'] },
    ],
  },
  {
    id: 'D21 one or both of others',
    include: {
      any: [
        custom('status', 'equals', 'onboarding'),
        { all: [custom('status', 'equals', 'active'), custom('at_risk', 'equals', true)] },
      ],
    },
    steps: [
      {
        identify: {
          u1: { 'custom.status': 'onboarding' },
          u2: { 'custom.status': 'active', 'custom.at_risk': true },
          u3: { 'custom.status': 'active', 'custom.at_risk': false },
        },
        members: ['u1', 'u2'],
      },
    ],
  },
  {
    id: 'D22 at least twice',
    include: did(times('greater_or_equal', 2)),
    steps: [
      {
        track: [
          ['u1', 'test'],
          ['u1', 'test'],
          ['u2', 'test'],
          ['u3', 'unrelated'],
          ['u3', 'unrelated'],
        ],
        members: ['u1'],
      },
    ],
  },
  {
    id: 'D23 an event with blanks in its name',
    include: { ...did(times('greater_or_equal', 2)), event: 'page view ended' },
    steps: [
      {
        track: [
          ['u1', 'page view ended'],
          ['u1', 'page view ended'],
        ],
        members: ['u1'],
      },
    ],
  },
  {
    id: 'D24 a number of the event, at least',
    include: did({ where: { param: 'age', op: 'greater_or_equal', value: 20 } }),
    steps: [
      {
        track: [
          ['u1', 'test', { age: 18 }],
          ['u2', 'test', { age: 22 }],
        ],
        members: ['u2'],
      },
    ],
  },
  {
    id: 'D24 a number of the event, less than',
    include: did({ where: { param: 'age', op: 'less', value: 20 } }),
    steps: [
      {
        track: [
          ['u1', 'test', { age: 18 }],
          ['u2', 'test', { age: 22 }],
        ],
        members: ['u1'],
      },
    ],
  },
  {
    id: 'D25 never',
    include: did(times('equals', 0)),
    steps: [
      {
        track: [
          ['u1', 'unrelated'],
          ['u2', 'test'],
        ],
        members: ['u1'],
      },
      { members: ['u1'] },
      { track: [['u1', 'test']], members: [] },
    ],
  },
  {
    id: 'D26 not within a window',
    include: did({ ...times('equals', 0), ...within(5) }),
    steps: [
      {
        track: [
          ['u1', 'unrelated'],
          ['u2', 'test'],
        ],
        members: ['u1'],
      },
      { at: 11, members: ['u1', 'u2'] },
    ],
  },
  {
    id: 'D27 less than twice',
    include: did(times('less', 2)),
    steps: [
      {
        track: [
          ['u1', 'unrelated'],
          ['u2', 'test'],
          ['u3', 'test'],
          ['u3', 'test'],
        ],
        members: ['u1', 'u2'],
      },
    ],
  },
  {
    id: 'D28 less than once within a window',
    include: did({ ...times('less', 1), ...within(500) }),
    steps: [
      {
        track: [
          ['u1', 'unrelated'],
          ['u2', 'test'],
        ],
        members: ['u1'],
      },
      { at: 100, members: ['u1'] },
      { at: 500, members: ['u1', 'u2'] },
    ],
  },
  {
    id: 'D29 less than twice within a window',
    include: did({ ...times('less', 2), ...within(500) }),
    steps: [
      {
        track: [
          ['u1', 'test'],
          ['u1', 'test'],
        ],
        members: [],
      },
      { at: 500, members: ['u1'] },
    ],
  },
  {
    id: 'D31 a text of the event',
    include: did({ where: { param: 'status', op: 'equals', value: 'active' } }),
    steps: [
      {
        track: [
          ['u1', 'test', { status: 'active' }],
          ['u2', 'test', { status: 'inactive' }],
          ['u3', 'test'],
          ['u4', 'unrelated', { status: 'active' }],
        ],
        members: ['u1'],
      },
    ],
  },
  {
    id: 'D32 a parameter that exists',
    include: did({ where: { param: 'status', op: 'is_set' } }),
    steps: [
      {
        track: [
          ['u1', 'test', { status: 'active' }],
          ['u2', 'test', { status: 'no' }],
          ['u3', 'test'],
        ],
        members: ['u1', 'u2'],
      },
    ],
  },
  {
    id: 'D33 a parameter three levels down',
    include: did({ where: { param: 'a.b.c', op: 'equals', value: 'x' } }),
    steps: [
      {
        track: [
          ['u1', 'test', { a: { b: { c: 'x' } } }],
          ['u2', 'test', { 'a.b.c': 'x' }],
        ],
        members: ['u1'],
      },
    ],
  },
  {
    id: 'D36 the string "10" is the number 10',
    include: did({ where: { param: 'count', op: 'equals', value: 10 } }),
    steps: [
      {
        track: [
          ['u1', 'test', { count: '10' }],
          ['u2', 'test', { count: 10 }],
          ['u3', 'test', { count: 11 }],
        ],
        members: ['u1', 'u2'],
      },
    ],
  },
  {
    id: 'D36 less than 10, missing is not',
    include: did({ where: { param: 'count', op: 'less', value: 10 } }),
    steps: [
      {
        track: [
          ['u1', 'test', { count: 9 }],
          ['u2', 'test'],
          ['u3', 'test', { count: 11 }],
        ],
        members: ['u1'],
      },
    ],
  },
  {
    id: 'D36 both missing',
    include: did({
      where: {
        all: [
          { param: 'a', op: 'is_empty' },
          { param: 'b', op: 'is_empty' },
        ],
      },
    }),
    steps: [
      {
        track: [
          ['u1', 'test'],
          ['u2', 'test', { a: 1 }],
          ['u3', 'test', { b: 0 }],
        ],
        members: ['u1'],
      },
    ],
  },
  {
    id: 'D42 in, out and in again by time',
    include: did(within(5)),
    steps: [
      { at: -6, track: [['u1', 'test']], members: ['u1'] },
      { at: 0, members: [] },
      { at: 1, track: [['u1', 'test']], members: ['u1'] },
      { at: 7, members: [] },
      { at: 8, track: [['u1', 'test']], members: ['u1'] },
    ],
  },
  {
    id: 'D44 a list that includes an item',
    include: custom('items', 'has_any', ['a']),
    steps: [
      {
        identify: {
          u1: { 'custom.items': ['b', 'a'] },
          u2: { 'custom.items': ['b'] },
          u3: {},
          u4: { 'custom.items': 'a' },
        },
        members: ['u1'],
      },
      { identify: { u1: { 'custom.items': [] } }, members: [] },
    ],
  },
  {
    id: 'D17 created lately, and a text',
    include: {
      all: [{ ...custom('created', 'in'), period: { kind: 'last', n: 60, unit: 'minute' } }, env],
    },
    steps: [
      {
        identify: { u1: { 'custom.created': START, 'custom.env': 'test' } },
        members: ['u1'],
      },
      { at: 59, members: ['u1'] },
      { at: 1200, members: [] },
    ],
  },
  {
    id: 'D35 the last one of a kind, of a group',
    include: did({
      where: {
        all: [
          { param: 'kind', op: 'equals', value: 'integration' },
          { param: 'group', op: 'equals', value: 'first' },
        ],
      },
      measure: { kind: 'last' },
    }),
    steps: [
      {
        track: [
          ['u1', 'test', { kind: 'integration', group: 'first' }],
          ['u2', 'other', { kind: 'integration', group: 'first' }],
          ['u3', 'test', { kind: 'page', group: 'first' }],
          ['u4', 'test', { kind: 'integration', group: 'second' }],
        ],
        members: ['u1'],
      },
    ],
  },
];
