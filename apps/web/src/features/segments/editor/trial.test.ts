import type { SegmentVocabulary } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { vocabularyOf } from '../../conditions/vocabulary.ts';
import { eventPathsIn, eventTypesWith, readTrial, trialText, valueAt } from './trial.ts';

const type = (key: string, ...paths: string[]): SegmentVocabulary['event_types'][number] => ({
  key,
  name: key,
  category: '',
  params: paths.map((path) => ({ path, types: ['string'], examples: [] })),
});
const vocabulary = vocabularyOf(
  {
    fields: [],
    event_types: [
      type('BookStarted', 'book'),
      type('ChapterPublished', 'book', 'number'),
      type('AppOpened'),
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
  { channel: (key) => key, value: (_field, value) => value },
);

const leaf = (param: string, path: string) => ({ param, op: 'equals', value: { $event: path } });

test('the paths that a rule takes from the event are found wherever they stand, each once', () => {
  const definition = {
    language: 1,
    include: {
      all: [
        {
          type: 'event',
          event: 'E',
          where: { any: [leaf('a', 'book'), { not: leaf('b', 'items[0].id') }] },
          measure: { kind: 'count', op: 'less', value: { $event: '$key' } },
        },
        { type: 'field', field: 'city', op: 'equals', value: 'book' },
      ],
    },
    exclude: { type: 'field', field: 'city', op: 'equals', value: { $event: 'book' } },
  };
  expect(eventPathsIn(definition)).toEqual(['book', 'items[0].id', '$key']);
  expect(eventPathsIn(undefined)).toEqual([]);
});

test.each([
  [['book'], ['BookStarted', 'ChapterPublished']],
  [['book', 'number'], ['ChapterPublished']],
  [['number', 'never seen'], ['ChapterPublished']],
  [['never seen'], []],
])('events with %j are looked for among %j', (paths, found) => {
  expect(eventTypesWith(vocabulary, paths).map(({ value }) => value)).toEqual(found);
});

test('what an event has where a path leads is one value, or the list of an each', () => {
  const event = { params: { cart: { total: 5 }, items: [{ id: 'a' }, { id: 'b' }] }, key: 'k' };
  expect(valueAt('cart.total', event)).toBe(5);
  expect(valueAt('items[].id', event)).toEqual(['a', 'b']);
  expect(valueAt('$key', event)).toBe('k');
  expect(valueAt('nothing', event)).toBeUndefined();
  expect(valueAt('no path [', event)).toBeUndefined();
});

test('an event that is tried is read again as it was written', () => {
  const event = { params: { book: 'b1' }, key: 'k', source: null, context: null };
  expect(readTrial(trialText(event))).toEqual({
    ok: true,
    content: { params: { book: 'b1' }, key: 'k' },
  });
  expect(readTrial('{}')).toEqual({ ok: true, content: { params: {} } });
});

test.each([
  ['{ "params": ', 12],
  ['{ "params": 5 }', 12],
  ['[]', 0],
])('what is wrong with the event %s is told with its place', (text, at) => {
  expect(readTrial(text)).toEqual({ ok: false, message: expect.any(String), at });
});
