import { describe, expect, test } from 'vitest';
import { checkDefinition } from '../check/check-definition.ts';
import { type Contact, MINUTE, START, custom, factsOf, fields, play, ruleOf } from './test-play.ts';

// What Mautic's segment tests pin, with a fixture of our own. Their M numbers are ours.

// 54 contacts: 24 Mr, 24 Mrs, 6 without title; points 1 to 54; 4 with a company; all but 6 with an
// e-mail, 11 of them at example.org; 2 clicked; 3 got a text message, two of them today.
const mauticContacts: Contact[] = Array.from({ length: 54 }, (_, index) => {
  const n = index + 1;
  const title = n % 9 < 4 ? 'Mr' : n % 9 < 8 ? 'Mrs' : undefined;
  const sms =
    n <= 3
      ? [{ event: 'SmsSent', occurredAt: START - (n === 3 ? 2880 : 1) * MINUTE, params: {} }]
      : [];
  const click =
    n >= 53 ? [{ event: 'Clicked', occurredAt: START, params: { url: `/p/${n}` } }] : [];
  return {
    fields: {
      'custom.points': n,
      ...(title ? { 'custom.title': title } : {}),
      ...(n % 9 === 8 ? {} : { email: n <= 12 ? `c${n}@example.org` : `c${n}@example.com` }),
      ...(n > 50 ? { 'custom.company': n === 51 ? 'Acme' : 'Other' } : {}),
      ...(n === 7 ? { 'custom.items': ['x', 'y'] } : n === 8 ? { 'custom.items': ['y'] } : {}),
    },
    events: [...sms, ...click],
  };
});

function countMembers(include: unknown, exclude?: unknown): number {
  const rule = ruleOf({ include, exclude });
  return mauticContacts.filter((contact) => rule.test(factsOf(contact, START))).length;
}

const mr = custom('title', 'equals', 'Mr');
const emailMatches = (value: string) => ({ type: 'field', field: 'email', op: 'matches', value });
const hasClicked = { type: 'event', event: 'Clicked', period: { kind: 'ever' } };

describe('Mautic', () => {
  test.each<[string, unknown, unknown, number]>([
    ['M1 equality', custom('points', 'equals', 7), undefined, 1],
    [
      'M2 either of two values',
      { any: [custom('points', 'equals', 7), custom('points', 'equals', 8)] },
      undefined,
      2,
    ],
    ['M3 a part of a text', custom('title', 'contains', 'Mr'), undefined, 48],
    ['M3 the whole text', mr, undefined, 24],
    ['M6 nobody in it', { all: [mr, { any: [] }] }, undefined, 0],
    ['M7 without nobody', mr, { any: [] }, 24],
    ['M8 without a part of it', custom('title', 'contains', 'Mr'), mr, 24],
    ['M11 a pattern', emailMatches('^c\\d+@example\\.org$'), undefined, 11],
    ['M12 a company', custom('company', 'equals', 'Acme'), undefined, 1],
    ['M12 a company left out', custom('company', 'is_set'), custom('company', 'equals', 'Acme'), 3],
    ['M13 not equal includes the missing', custom('title', 'not_equals', 'Dr'), undefined, 54],
    ['M15 clicked', hasClicked, undefined, 2],
    ['M15 did not click', { not: hasClicked }, undefined, 52],
    ['M16 a text message, on that day', { type: 'event', event: 'SmsSent' }, undefined, 2],
    [
      'M16 a text message, ever',
      { type: 'event', event: 'SmsSent', period: { kind: 'ever' } },
      undefined,
      3,
    ],
    ['M17 tags empty', custom('items', 'is_empty'), undefined, 52],
    ['M17 tags not empty', custom('items', 'is_set'), undefined, 2],
    ['M18 a company present', custom('company', 'is_set'), undefined, 4],
    ['M18 a company absent', custom('company', 'is_empty'), undefined, 50],
    [
      'M19 a visited page, and an e-mail',
      {
        all: [
          { ...hasClicked, where: { param: 'url', op: 'matches', value: '^/p/5\\d$' } },
          { type: 'field', field: 'email', op: 'is_set' },
        ],
      },
      undefined,
      1,
    ],
    [
      'a text that begins so',
      { type: 'field', field: 'email', op: 'starts_with', value: 'c5' },
      undefined,
      5,
    ],
    ['at least 20 points, 20 included', custom('points', 'greater_or_equal', 20), undefined, 35],
    [
      'none of a list includes people without any',
      custom('items', 'has_none', ['x']),
      undefined,
      53,
    ],
  ])('%s', (_id, include, exclude, count) => {
    expect(countMembers(include, exclude)).toBe(count);
  });

  test('M5 in one segment and not in another', () => {
    const include = {
      all: [{ type: 'segment', segment: '2' }, { not: { type: 'segment', segment: '3' } }],
    };
    const rule = ruleOf({ include });
    const isIn = (...ids: string[]) =>
      rule.test({
        ...factsOf({ fields: {}, events: [] }, START),
        segments: new Map(ids.map((id) => [id, START])),
      });
    expect([isIn('2'), isIn('2', '3'), isIn('3'), isIn()]).toEqual([true, false, false, false]);
  });

  test('M14 whom a channel must not be used for', () => {
    const states = ['unsubscribed', 'bounced', 'blacklisted'];
    const include = { any: states.map((state) => ({ type: 'channel', channel: 'email', state })) };
    const rule = ruleOf({ include });
    const isIn = (channel: string, state: string) =>
      rule.test({
        ...factsOf({ fields: {}, events: [] }, START),
        channels: [{ channel, states: [state] }],
      });
    expect([isIn('email', 'bounced'), isIn('email', 'subscribed'), isIn('sms', 'bounced')]).toEqual(
      [true, false, false],
    );
  });

  test('M4 a segment without any condition is refused, not everyone and not nobody', () => {
    expect(checkDefinition({ language: 1, include: { all: [] } }, { fields }).ok).toBe(false);
  });

  test('M20 a value that is cleared removes', () => {
    const steps = [
      { identify: { u1: { 'custom.title': 'Mr' } }, members: ['u1'] },
      { identify: { u1: { 'custom.title': null } }, members: [] },
    ];
    expect(play({ id: 'M20', include: mr, steps })).toEqual([['u1'], []]);
  });
});

describe('Mautic, relative dates', () => {
  // Each contact was created at one of these instants; each period must find exactly its own.
  const midnight = Date.UTC(2026, 9, 14);
  const DAY = 1440 * MINUTE;
  const monday = midnight - 2 * DAY;
  const created: Record<string, number> = {
    today: midnight + 10_000,
    yesterday: midnight - 10_000,
    lastWeek: monday - 5 * DAY,
    thisWeek: monday,
    lastMonth: Date.UTC(2026, 8, 3),
    thisMonth: Date.UTC(2026, 9, 3),
    lastYear: Date.UTC(2025, 6, 1),
    inFiveDays: START + 5 * DAY,
    fourDaysAgo: START - 4 * DAY,
  };

  test.each<[string, object, string[]]>([
    ['today', { kind: 'today' }, ['today']],
    ['yesterday', { kind: 'yesterday' }, ['yesterday']],
    ['this week', { kind: 'this', unit: 'week' }, ['today', 'yesterday', 'thisWeek']],
    ['the previous week', { kind: 'previous', n: 1, unit: 'week' }, ['lastWeek', 'fourDaysAgo']],
    [
      'this month',
      { kind: 'this', unit: 'month' },
      ['today', 'yesterday', 'lastWeek', 'thisWeek', 'thisMonth', 'inFiveDays', 'fourDaysAgo'],
    ],
    ['the previous month', { kind: 'previous', n: 1, unit: 'month' }, ['lastMonth']],
    ['the previous year', { kind: 'previous', n: 1, unit: 'year' }, ['lastYear']],
    ['the next 5 days', { kind: 'next', n: 5, unit: 'day' }, ['inFiveDays']],
    ['the next 4 days', { kind: 'next', n: 4, unit: 'day' }, []],
    [
      'longer than 4 days ago',
      { kind: 'longer_ago', n: 4, unit: 'day' },
      ['lastWeek', 'lastMonth', 'thisMonth', 'lastYear', 'fourDaysAgo'],
    ],
  ])('%s', (_name, period, found) => {
    const rule = ruleOf({ include: { type: 'field', field: 'created_at', op: 'in', period } });
    const isFound = (at: number) =>
      rule.test(factsOf({ fields: { created_at: at }, events: [] }, START));
    expect(Object.keys(created).filter((name) => isFound(created[name] ?? 0))).toEqual(found);
  });
});
