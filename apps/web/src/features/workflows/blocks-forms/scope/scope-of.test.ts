import { expect, test } from 'vitest';
import { graphOf } from '../../../../editor/graph.ts';
import { vocabularyOf } from '../../../conditions/vocabulary.ts';
import { scopeOf } from './scope-of.ts';
import { workflowVocabulary } from './workflow-vocabulary.ts';

const vocabulary = vocabularyOf(
  {
    fields: [{ field: 'first_name', name: 'First name', type: 'text', choices: null, group: null }],
    event_types: [
      {
        key: 'Bought',
        name: '',
        category: '',
        params: [{ path: 'total', types: ['number'], examples: [12.5] }],
      },
    ],
    channels: [],
    categories: [],
    segments: [],
    workflows: [],
    messages: [],
    tags: [],
    apps: [],
    time_zone: 'UTC',
    currency: 'EUR',
  },
  { channel: (key) => key, value: (_, value) => value },
);

const blocks = {
  greet: { type: 'email', message: '1', exits: { next: 'wait' } },
  wait: {
    type: 'wait_for',
    event: 'Bought',
    timeout: { n: 1, unit: 'day' },
    exits: { happened: 'note', timeout: 'other' },
  },
  note: { type: 'update_fields', set: { 'custom.plan': 'pro' }, exits: { next: 'last' } },
  other: { type: 'sms', message: '2', exits: {} },
  last: { type: 'end', exits: {} },
};

const scopeAt = (block: string, start: object = { type: 'event', event: 'Bought' }) =>
  scopeOf(
    { graph: graphOf({ start, first: 'greet', blocks }), block, vocabulary },
    ({ id }) => `block ${id}`,
  );

const paths = (variables: readonly { path: string }[] | undefined) =>
  variables?.map(({ path }) => path);

test('a block can name results of those that lead to it, and of no others', () => {
  expect(paths(scopeAt('greet').results)).toEqual([]);
  const { results, senders } = scopeAt('last');
  expect(paths(results)).toEqual([
    'greet.decision',
    'greet.send',
    'wait.params.total',
    'wait.occurred_at',
    'wait.key',
    'note["custom.plan"]',
  ]);
  expect(results.find(({ path }) => path === 'wait.params.total')).toMatchObject({
    hint: 'block wait: 12.5',
    kind: 'number',
  });
  expect(senders).toEqual([{ value: 'greet', label: 'block greet' }]);
});

test('in a loop a block is among those before it', () => {
  const looped = { ...blocks, last: { type: 'timer', exits: { next: 'greet' } } };
  const graph = graphOf({ start: {}, first: 'greet', blocks: looped });
  const { senders } = scopeOf({ graph, block: 'greet', vocabulary }, ({ id }) => id);
  expect(senders.map(({ value }) => value)).toEqual(['greet']);
});

test.each([
  [{ type: 'event', event: 'Bought' }, ['total']],
  [{ type: 'event_segment', event: 'Bought', segment: '7' }, ['total']],
  [{ type: 'event', event: 'Never seen' }, []],
  [{ type: 'field_change', field: 'city' }, ['field', 'from', 'to']],
  [{ type: 'manual' }, []],
  [{ type: 'segment', segment: '7', mode: 'entry' }, undefined],
  [{ type: 'date', field: 'birthday' }, undefined],
])('what %j brings along are the parameters %j', (start, expected) => {
  expect(paths(scopeAt('last', start).event)).toEqual(expected);
});

test('conditions of a workflow can ask for all of that', () => {
  const { run, check } = workflowVocabulary(scopeAt('last'));
  expect(run?.params.map(({ key, kind }) => [key, kind])).toEqual([['total', 'number']]);
  expect(run?.results).toHaveLength(6);
  expect(check.types).toHaveProperty('message_status');
});
