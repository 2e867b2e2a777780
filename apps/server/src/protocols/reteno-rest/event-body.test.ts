import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../events/index.ts';
import { BadEvent, readEvent, type EventFacts } from './event-body.ts';

const facts: EventFacts = {
  now: Date.UTC(2026, 5, 1),
  events: { settingsOf: () => DEFAULT_SETTINGS, mappings: [] },
};
const who = { name: 'externalCustomerId', value: 'u1' };

/** What a v1 call makes of a parameter whose value is JSON as text. */
function nested(value: string): unknown {
  const body = { eventTypeKey: 'E', params: [who, { name: 'nested', value }] };
  return readEvent('v1', body, facts).params['nested'];
}

describe('JSON as text in a parameter of v1', () => {
  test('is read', () => {
    expect(nested('{"items": [1, 2]}')).toEqual({ items: [1, 2] });
  });

  test('brings no text that cannot be stored', () => {
    expect(nested('{"a": "\\u0000", "b": "\\ud800", "__proto__": 1}')).toEqual({
      a: '\ufffd',
      b: '\ufffd',
    });
  });

  test.each([
    ['too deep', '['.repeat(9000) + ']'.repeat(9000)],
    ['broken', '{"a":'],
    ['no JSON', '[sic]'],
  ])('stays a text when it is %s', (_, value) => {
    expect(nested(value)).toBe(value);
  });
});

describe('an event of the REST API', () => {
  test('without a key and without a contact is refused', () => {
    const body = { eventTypeKey: 'E', params: { amount: 5 } };
    expect(() => readEvent('v3', body, facts)).toThrow(BadEvent);
  });

  test('of an unknown contact ID alone creates nobody', () => {
    const body = { eventTypeKey: 'E', params: { contactId: 12 } };
    expect(readEvent('v3', body, facts)).toMatchObject({
      ids: [['contact', '12']],
      createContact: false,
    });
  });

  test.each([
    [false, false],
    ['false', false],
    [true, undefined],
    ['no', undefined],
    [undefined, undefined],
  ])('that says confirmed: %j leaves a new address confirmed: %j', (given, expected) => {
    const params = { email: 'a@example.com', ...(given !== undefined && { confirmed: given }) };
    const item = readEvent('v3', { eventTypeKey: 'E', params }, facts);
    expect(item.confirmed).toBe(expected);
  });
});
