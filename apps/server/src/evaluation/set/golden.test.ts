import { checkDefinition } from '@perennial/conditions';
import { NOW } from '@perennial/conditions/test-arbitraries';
import { expect, test } from 'vitest';
import { compileSet, type Wanted } from './compile-set.ts';
import { fields, questionOf } from './test-world.ts';

const last = (n: number) => ({ kind: 'last', n, unit: 'day' });
const EVER = { kind: 'ever' };

const typeIds = new Map(
  [
    'AppOpened',
    'Training',
    'Purchase',
    'Lesson',
    'TrialStarted',
    'MessageDelivered',
    'MessageOpened',
  ].map((key, n) => [key, n + 1]),
);

/** A dozen segments that people draw. */
const SEGMENTS: Record<
  string,
  { include: object; exclude?: object; wanted?: Wanted; kept?: string[] }
> = {
  'everyone but a list': {
    include: { type: 'everyone' },
    exclude: { type: 'segment', segment: '7' },
  },
  'inactive for 9 days': {
    include: {
      type: 'event',
      event: 'AppOpened',
      measure: { kind: 'count', op: 'equals', value: 0 },
      period: last(9),
    },
  },
  'inactive for 9 days, for recomputation': {
    include: {
      type: 'event',
      event: 'AppOpened',
      measure: { kind: 'count', op: 'equals', value: 0 },
      period: last(9),
    },
    wanted: 'changes',
  },
  'was active, now silent': {
    include: {
      type: 'event',
      event: 'AppOpened',
      measure: { kind: 'last' },
      period: { kind: 'longer_ago', n: 9, unit: 'day' },
    },
  },
  'was active, now silent, for recomputation': {
    include: {
      type: 'event',
      event: 'AppOpened',
      measure: { kind: 'last' },
      period: { kind: 'longer_ago', n: 9, unit: 'day' },
    },
    wanted: 'changes',
  },
  'was active, now silent, by the kept times, for recomputation': {
    include: {
      type: 'event',
      event: 'AppOpened',
      measure: { kind: 'last' },
      period: { kind: 'longer_ago', n: 9, unit: 'day' },
    },
    wanted: 'changes',
    kept: ['AppOpened'],
  },
  'three purchases at any time, by the kept times': {
    include: {
      type: 'event',
      event: 'Purchase',
      measure: { kind: 'count', op: 'greater_or_equal', value: 3 },
      period: EVER,
    },
    kept: ['Purchase'],
  },
  'four weeks in a row, each with three trainings': {
    include: {
      type: 'event',
      event: 'Training',
      measure: { kind: 'streak', each: { kind: 'count', op: 'greater_or_equal', value: 3 } },
      period: { kind: 'previous', n: 4, unit: 'week' },
    },
  },
  'burned more than 1000 in strength trainings this month': {
    include: {
      type: 'event',
      event: 'Training',
      where: { param: 'kind', op: 'equals', value: 'Strength' },
      measure: { kind: 'sum', param: 'burned', op: 'greater', value: 1000 },
      period: { kind: 'this', unit: 'month', zone: 'workspace' },
    },
  },
  'bought something dear, at any time': {
    include: {
      type: 'event',
      event: 'Purchase',
      where: { param: 'items[].price', op: 'greater', value: 99.5 },
      period: EVER,
    },
  },
  'five different lessons today, in the contact’s own zone': {
    include: {
      type: 'event',
      event: 'Lesson',
      measure: { kind: 'distinct', param: 'lesson', op: 'greater_or_equal', value: 5 },
      period: { kind: 'today', zone: 'contact' },
    },
  },
  'delivered and not opened': {
    include: {
      type: 'message',
      action: 'delivered',
      where: { param: 'opened', op: 'equals', value: false },
      period: last(7),
    },
  },
  'ordered twice, on an old phone, in no workflow': {
    include: {
      all: [
        {
          type: 'order',
          measure: { kind: 'count', op: 'greater_or_equal', value: 2 },
          period: EVER,
        },
        { type: 'device', where: { param: 'os_version', op: 'less', value: '15' } },
        { not: { type: 'workflow', workflow: '3', state: 'running' } },
      ],
    },
  },
  'a trial that ends within three days': {
    include: {
      type: 'event',
      event: 'TrialStarted',
      where: { param: 'ends_at', op: 'in', period: { kind: 'next', n: 3, unit: 'day' } },
      period: EVER,
    },
  },
};

test('the SQL of a dozen segments', async () => {
  const written = Object.entries(SEGMENTS).map(
    ([name, { wanted = 'members', kept = [], ...rule }]) => {
      const checked = checkDefinition({ language: 1, ...rule }, { fields });
      if (!checked.ok) throw new Error(`${name}: ${JSON.stringify(checked.issues)}`);
      const question = {
        ...questionOf(checked.value, NOW),
        typeIds,
        kept: { whole: new Set(kept), asked: new Set<string>() },
      };
      const { text, values } = compileSet(question, wanted);
      return `-- ${name}\n${text};\n${values.map(parameter).join('\n')}\n`;
    },
  );
  await expect(written.join('\n\n')).toMatchFileSnapshot('./golden.sql');
});

function parameter(value: unknown, n: number): string {
  return `-- $${n + 1}: ${JSON.stringify(value)}`;
}
