import { describe, expect, test } from 'vitest';
import type { Json } from '../json.ts';
import { START, custom, factsOf, ruleOf } from './test-play.ts';

// What Keila's tests of contact queries pin, as far as this language says it.

const is = (include: unknown, known: Record<string, Json> = {}) =>
  ruleOf({ include }).test(factsOf({ fields: known, events: [] }, START));

describe('fields', () => {
  test.each<[string, object, Record<string, Json>, boolean]>([
    ['equality', custom('title', 'equals', 'a'), { 'custom.title': 'a' }, true],
    ['one of a list', custom('title', 'one_of', ['a', 'b']), { 'custom.title': 'b' }, true],
    [
      'later than a date',
      custom('created', 'after', '2026-01-01'),
      { 'custom.created': '2026-01-02T00:00:00Z' },
      true,
    ],
    [
      'either',
      { any: [custom('title', 'equals', 'a'), custom('env', 'equals', 'x')] },
      { 'custom.env': 'x' },
      true,
    ],
    ['not', { not: custom('title', 'equals', 'a') }, { 'custom.title': 'b' }, true],
    ['not over a missing one', { not: custom('title', 'equals', 'a') }, {}, true],
    ['the text "null" is a value', custom('title', 'is_empty'), { 'custom.title': 'null' }, false],
    ['null is empty', custom('title', 'is_empty'), { 'custom.title': null }, true],
    ['so is the empty text', custom('title', 'is_empty'), { 'custom.title': '' }, true],
    ['so is the empty list', custom('items', 'is_empty'), { 'custom.items': [] }, true],
    ['so is a missing one', custom('title', 'is_empty'), {}, true],
    [
      'a list that contains it',
      custom('items', 'has_any', ['a']),
      { 'custom.items': ['b', 'a'] },
      true,
    ],
    [
      'part of a text in any case',
      { ...custom('title', 'contains', 'ELL'), ignore_case: true },
      { 'custom.title': 'hello' },
      true,
    ],
  ])('%s', (_case, include, known, expected) => {
    expect(is(include, known)).toBe(expected);
  });
});

describe('parameters with structure', () => {
  const event = {
    event: 'order',
    occurredAt: START,
    params: {
      items: [
        { sku: 'a', n: 1 },
        { sku: 'b', n: 5 },
      ],
      tags: [1, 2],
    },
  };
  test.each<[string, object, boolean]>([
    ['an object in a list', { param: 'items[].sku', op: 'equals', value: 'b' }, true],
    ['by its place', { param: 'items[1].sku', op: 'equals', value: 'a' }, false],
    ['a number by its place', { param: 'items[1].n', op: 'greater', value: 4 }, true],
    ['a number in a list', { param: 'tags', op: 'has_any', value: [1] }, true],
  ])('%s', (_case, where, expected) => {
    const include = { type: 'event', event: 'order', where, period: { kind: 'ever' } };
    const rule = ruleOf({ include });
    expect(rule.test(factsOf({ fields: {}, events: [event] }, START))).toBe(expected);
  });
});

test('of two messages one of which was clicked, conditions hold on one and the same', () => {
  const sent = (send: string, campaign: string, clicked: boolean) => ({
    event: 'sent',
    occurredAt: START,
    send,
    machine: false,
    params: { campaign, clicked },
  });
  const facts = {
    ...factsOf({ fields: {}, events: [] }, START),
    messages: new Map([['sent', [sent('1', '1', true), sent('2', '2', false)]]]),
  };
  const isIn = (campaign: string, clicked: boolean) =>
    ruleOf({
      include: {
        type: 'message',
        action: 'sent',
        period: { kind: 'ever' },
        where: {
          all: [
            { param: 'campaign', op: 'equals', value: campaign },
            { param: 'clicked', op: 'equals', value: clicked },
          ],
        },
      },
    }).test(facts);
  expect([isIn('1', true), isIn('2', false)]).toEqual([true, true]);
  expect([isIn('1', false), isIn('2', true)]).toEqual([false, false]);
});
