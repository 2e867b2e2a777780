import {
  checkNode,
  isJsonObject,
  segmentConditions,
  type Json,
  type JsonObject,
} from '@perennial/conditions';
import type { SegmentVocabulary } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { isOperator, inputOf } from './predicate.ts';
import { findOffers, offersOf } from './offers.ts';
import { vocabularyOf } from './vocabulary.ts';
import { sayRule } from './words.ts';

const given: SegmentVocabulary = {
  fields: [
    { field: 'city', name: 'City', type: 'text', choices: null, group: null },
    { field: 'birthday', name: 'Birthday', type: 'date', choices: null, group: null },
    {
      field: 'custom.goals',
      name: 'Goals',
      type: 'multiple_choice',
      choices: ['Strength'],
      group: 'Training',
    },
    { field: 'custom.score', name: 'Élan', type: 'decimal', choices: null, group: null },
  ],
  event_types: [
    {
      key: 'WorkoutCompleted',
      name: 'Completed a workout',
      category: 'training',
      params: [
        { path: 'kind', types: ['string'], examples: ['Strength', 'Yoga'] },
        { path: 'minutes', types: ['integer', 'number'], examples: [12] },
        { path: 'tags', types: ['array'], examples: [] },
        { path: 'ended', types: ['string'], examples: ['2026-05-01', '2026-05-02T10:00:00Z'] },
        { path: 'best', types: ['boolean', 'null'], examples: [true] },
      ],
    },
  ],
  channels: [{ key: 'email', states: ['subscribed', 'reachable', 'absent'] }],
  categories: [{ key: 'news', name: 'News' }],
  segments: [{ id: '7', name: 'Runners', kind: 'list' }],
  workflows: [{ id: '3', name: 'Welcome', state: 'active' }],
  messages: [{ id: '5', name: 'Hello', channel: 'email' }],
  tags: ['Sale'],
  apps: [{ key: 'fit', name: 'Fit' }],
  time_zone: 'Europe/Kyiv',
  currency: 'EUR',
};
const vocabulary = vocabularyOf(given, { channel: (key) => key, value: (_field, value) => value });
const t = (id: string, values?: Record<string, unknown>) =>
  values ? `${id} ${Object.values(values).join(' ')}` : id;
const offers = offersOf(vocabulary, t);

/** What a person types into what is left open. */
function filled(node: JsonObject): JsonObject {
  const { where, measure, op } = node;
  const opened = isOperator(op) && node['value'] === undefined ? inputOf(op) : 'none';
  const number = op === 'greater' || op === 'less' || op === 'equals';
  return {
    ...node,
    ...(opened === 'one' && { value: valueOf(node) ?? (number ? '1.2' : 'x') }),
    ...(opened === 'many' && { value: ['Strength'] }),
    ...(isJsonObject(where) && { where: filled(where) }),
    ...(isJsonObject(measure) && measure['value'] === undefined && 'op' in measure
      ? { measure: { ...measure, value: 5 } }
      : {}),
  };
}

function valueOf({ field, param }: JsonObject): Json | undefined {
  return field === 'custom.score' || param === 'minutes' ? 5 : undefined;
}

test('every offer makes a condition that passes once it is filled in', () => {
  for (const offer of offers) {
    const node = filled(offer.make());
    expect(checkNode(node, vocabulary.check), `${offer.id} ${JSON.stringify(node)}`).toMatchObject({
      ok: true,
    });
  }
  expect(new Set(offers.map(({ id }) => id)).size).toBe(offers.length);
});

test('parameters are compared as what was seen of them', () => {
  const kinds = vocabulary.events[0]!.params.map(({ key, kind }) => [key, kind]);
  expect(Object.fromEntries(kinds)).toEqual({
    kind: 'text',
    minutes: 'number',
    tags: 'list',
    ended: 'moment',
    best: 'boolean',
  });
});

const found = (typed: string) =>
  findOffers(offers, typed).map(({ group, offers: some }) => [group, some.map(({ id }) => id)]);

test('what is typed finds names, keys, values that were seen, and letters without their marks', () => {
  expect(found('elan')).toEqual([['custom', ['field:custom.score']]]);
  expect(found('workoutcomp kind')).toEqual([['params', ['param:WorkoutCompleted:kind']]]);
  expect(found('strength')).toContainEqual(['custom', ['field:custom.goals']]);
  expect(found('yoga')).toEqual([
    ['params', ['value:WorkoutCompleted:kind:Yoga', 'param:WorkoutCompleted:kind']],
  ]);
  expect(found('no such thing')).toEqual([]);
});

test('what is called just as was typed comes before what is found by it', () => {
  const withVersions = vocabularyOf(
    {
      ...given,
      event_types: given.event_types.map((type) => ({
        ...type,
        params: [{ path: 'app_version_name', types: ['string'], examples: ['5.2'] }],
      })),
    },
    { channel: (key) => key, value: (_field, value) => value },
  );
  const say = (id: string) => (id === 'conditions.member.device.app_version' ? 'App version' : id);
  const all = offersOf(withVersions, say);
  const first = (typed: string) => findOffers(all, typed)[0];
  expect(first('App  Version')?.offers[0]?.id).toBe('device:app_version');
  expect(first('app ver')?.offers[0]?.id).toBe('device:app_version');
  expect(first('app_ver')?.group).toBe('params');
});

test('groups of what begins with what was typed come first', () => {
  expect(found('b')[0]).toEqual(['fields', ['field:birthday']]);
  expect(found('run')[0]?.[0]).toBe('segments');
});

test('parameters show only when they are looked for', () => {
  expect(found('').map(([group]) => group)).not.toContain('params');
});

const speak = {
  t,
  moment: String,
  format: (key: string, values: Record<string, unknown>) =>
    `${key}(${Object.values(values).join('|')})`,
};

test('conditions are said by the names of the workspace', () => {
  const say = (rule: JsonObject) => sayRule(rule, vocabulary, speak);
  expect(say({ type: 'segment', segment: '7' })).toContain('“Runners”');
  expect(say({ type: 'event', event: 'WorkoutCompleted' })).toContain('Completed a workout');
  const of = { param: 'message', op: 'equals', value: '5' };
  expect(say({ type: 'message', action: 'opened', where: of })).toContain('Hello');
  const rule = { language: 1, include: { type: 'category', category: 'news' } };
  expect(say(rule)).toContain('“News”');
});

test('what is not finished is not said, what is gone is said by its key', () => {
  const say = (rule: JsonObject) => sayRule(rule, vocabulary, speak);
  expect(say({ type: 'field', field: 'city', op: 'equals' })).toBeUndefined();
  expect(say({ language: 1, include: { all: [] } })).toBeUndefined();
  expect(say({ type: 'segment', segment: '99' })).toContain('“99”');
});

test('offers tell the type of their condition, so that a list offers what it can be filtered by', () => {
  const types = new Set(offers.map(({ type }) => type));
  expect([...types].sort()).toEqual(Object.keys(segmentConditions).sort());
});
