import type { ContactCard } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { changeOf, sameValue, settledBy, valueOf, withValue } from './card-field.ts';

const card = {
  first_name: 'Ada',
  address: null,
  custom: { plan: 'free', 'a.b': 1 },
} as unknown as ContactCard;

test.each([
  ['first_name', 'Ada', { first_name: 'x' }],
  ['custom.plan', 'free', { custom: { plan: 'x' } }],
  ['custom.a.b', 1, { custom: { 'a.b': 'x' } }],
  ['address.town', null, { address: { town: 'x' } }],
])('%s is read, changed and shown', (key, value, change) => {
  expect(valueOf(card, key)).toEqual(value);
  expect(changeOf(key, 'x')).toEqual(change);
  expect(valueOf(withValue(card, key, 'x'), key)).toBe('x');
});

test('a custom field without a value is not there', () => {
  expect(withValue(card, 'custom.plan', null).custom).toEqual({ 'a.b': 1 });
});

test('no value is no value however it is written', () => {
  expect(sameValue(undefined, null)).toBe(true);
  expect(sameValue(['a'], ['a'])).toBe(true);
  expect(sameValue('1', 1)).toBe(false);
});

test('no platform is no value', () => {
  const platforms = { ...card, device_platform: [] };
  expect(valueOf(platforms, 'device_platform')).toBeNull();
});

test('setting a field settles what was sent for it, and for no other field', () => {
  const conflicts = [
    { id: '1', field: 'custom.plan' },
    { id: '2', field: 'language' },
    { id: '3', field: 'custom.plan' },
  ];
  const disputed = { ...card, conflicts } as unknown as ContactCard;
  expect(settledBy(disputed, 'custom.plan')).toEqual({ settles: ['1', '3'] });
  expect(settledBy(disputed, 'first_name')).toEqual({});
});
