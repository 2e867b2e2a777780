import type { SegmentVocabulary } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { eventPathsFor } from './event-paths.ts';
import { withThreshold } from './measure.ts';
import { vocabularyOf } from './vocabulary.ts';

const param = (path: string, ...types: string[]) => ({ path, types, examples: [] });
const type = (key: string, params: ReturnType<typeof param>[]) => ({
  key,
  name: `${key} event`,
  category: '',
  params,
});
const event_types: SegmentVocabulary['event_types'] = [
  type('A', [param('minutes', 'number'), param('kind', 'string'), param('items[].id', 'string')]),
  type('B', [param('minutes', 'number'), param('tags', 'array')]),
];
const vocabulary = vocabularyOf(
  {
    fields: [],
    event_types,
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
  { channel: (key) => key, value: (_field, value) => value },
);

test('one value is offered from the paths that lead to one, those of its kind first', () => {
  expect(eventPathsFor(vocabulary, { input: 'one', kind: 'number' })).toEqual([
    { path: 'minutes', events: ['A event', 'B event'] },
    { path: 'kind', events: ['A event'] },
  ]);
  const texts = eventPathsFor(vocabulary, { input: 'one', kind: 'text' });
  expect(texts.map(({ path }) => path)).toEqual(['kind', 'minutes']);
});

test('a list is offered from the paths that lead to several', () => {
  const lists = eventPathsFor(vocabulary, { input: 'many', kind: 'text' });
  expect(lists.map(({ path }) => path)).toEqual(['items[].id', 'tags']);
});

test('a threshold taken from the event stays taken from it however it is compared', () => {
  const measure = { kind: 'count', op: 'less', value: { $event: 'n' } };
  expect(withThreshold(measure, 'between')).toEqual({ ...measure, op: 'between' });
  expect(withThreshold(measure, 'equals')).toEqual({ ...measure, op: 'equals' });
});
