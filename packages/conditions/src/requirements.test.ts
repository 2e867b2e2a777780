import { describe, expect, test } from 'vitest';
import { checkNode } from './check/check-definition.ts';
import { workflowConditions } from './conditions/index.ts';
import { fieldCatalogue } from './fields.ts';
import { instantText } from './time/instant-text.ts';
import { requirements } from './requirements.ts';

const NOW = Date.UTC(2026, 9, 14, 9, 30);
const fields = fieldCatalogue({});

function needs(...inputs: unknown[]) {
  const nodes = inputs.map((input) => {
    const checked = checkNode(input, { fields, types: workflowConditions });
    if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
    return checked.value;
  });
  const found = requirements(nodes, {
    now: NOW,
    workspaceZone: 'Europe/Kyiv',
    contactZones: ['America/New_York', 'Asia/Tokyo', 'Mars/Olympus'],
    types: workflowConditions,
  });
  const events = [...found.events].map(([type, from]) => [
    type,
    Number.isFinite(from) ? instantText(from) : from,
  ]);
  return { ...found, fields: [...found.fields], events: Object.fromEntries(events) as object };
}

const opened = (period: object, rest: object = {}) => ({
  type: 'event',
  event: 'Opened',
  period,
  ...rest,
});

describe('events', () => {
  test.each<[string, object, unknown]>([
    ['today in UTC unless said', { type: 'event', event: 'Opened' }, '2026-10-14T00:00:00.000Z'],
    ['a rolling period', opened({ kind: 'last', n: 2, unit: 'day' }), '2026-10-12T09:30:00.001Z'],
    [
      'the workspace’s day',
      opened({ kind: 'today', zone: 'workspace' }),
      '2026-10-13T21:00:00.000Z',
    ],
    [
      'the earliest of the contacts’ days',
      opened({ kind: 'today', zone: 'contact' }),
      '2026-10-13T15:00:00.000Z',
    ],
    [
      'a streak',
      opened({ kind: 'previous', n: 2, unit: 'week' }, { measure: { kind: 'streak' } }),
      '2026-09-28T00:00:00.000Z',
    ],
    [
      'all history for the first event',
      opened({ kind: 'today' }, { measure: { kind: 'first' } }),
      -Infinity,
    ],
    ['all history before a day', opened({ kind: 'before', at: '2026-01-01' }), -Infinity],
  ])('%s', (_case, condition, from) => {
    expect(needs(condition).events).toEqual({ Opened: from });
  });

  test('of several conditions the earliest instant counts, by type', () => {
    const rule = {
      any: [
        opened({ kind: 'last', n: 1, unit: 'day' }),
        { not: opened({ kind: 'last', n: 9, unit: 'day' }) },
        { type: 'event', event: 'Closed' },
      ],
    };
    expect(needs(rule, opened({ kind: 'last', n: 3, unit: 'day' })).events).toEqual({
      Opened: '2026-10-05T09:30:00.001Z',
      Closed: '2026-10-14T00:00:00.000Z',
    });
  });
});

describe('everything else', () => {
  test.each<[string, unknown, object]>([
    [
      'nothing',
      { type: 'everyone' },
      { fields: [], events: {}, trigger: false, contactZone: false },
    ],
    [
      'a field',
      { type: 'field', field: 'email', op: 'is_set' },
      { fields: ['email'], trigger: false },
    ],
    [
      'a zone of a date',
      { type: 'field', field: 'birthday', op: 'on', value: '2026-01-01', zone: 'contact' },
      { contactZone: true },
    ],
    [
      'a zone in a period',
      { type: 'field', field: 'birthday', op: 'in', period: { kind: 'today', zone: 'contact' } },
      { contactZone: true },
    ],
    [
      'a zone in a filter',
      opened(
        { kind: 'ever' },
        { where: { param: 'd', op: 'on', value: '2026-01-01', zone: 'contact' } },
      ),
      { contactZone: true },
    ],
    [
      'a reference',
      { type: 'field', field: 'email', op: 'equals', value: { $event: 'm' } },
      { trigger: true },
    ],
    [
      'a reference in a filter',
      opened(
        { kind: 'ever' },
        { where: { not: { param: 'b', op: 'equals', value: { $event: 'b' } } } },
      ),
      { trigger: true },
    ],
    [
      'a reference in a measure',
      opened({ kind: 'ever' }, { measure: { kind: 'count', op: 'less', value: { $event: 'n' } } }),
      { trigger: true },
    ],
    [
      'a reference in a streak',
      opened(
        { kind: 'previous', n: 1, unit: 'day' },
        {
          measure: { kind: 'streak', each: { kind: 'count', op: 'less', value: { $event: 'n' } } },
        },
      ),
      { trigger: true },
    ],
    [
      'a parameter of the event',
      { type: 'event_param', param: 'a', op: 'is_set' },
      { trigger: true },
    ],
    ['the contact’s time', { type: 'now', weekdays: [1], zone: 'contact' }, { contactZone: true }],
  ])('%s', (_case, input, expected) => {
    expect(needs(input)).toMatchObject(expected);
  });
});
