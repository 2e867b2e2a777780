import { expect, test } from 'vitest';
import { maskContact, maskText, rightsOfRole } from './index.ts';

const contact = {
  id: '12',
  external_id: 'fit-12',
  email: 'ada@example.com',
  phone: '+380501234567',
  first_name: 'Ada',
  last_name: '',
  birthday: '1990-05-01',
  language: 'en',
  created_at: '2026-03-01T10:00:00.000Z',
  custom: { plan: 'pro', note: 'call +38 (050) 123-45-67 or mail ada@example.com', weight: 71.5 },
  channels: [{ channel: 'email', address: 'ada@example.com', status: 'subscribed' }],
};

test('without the right, personal data is masked and the rest stays', () => {
  expect(maskContact(contact, rightsOfRole('marketer_without_contact_data'))).toEqual({
    id: '12',
    external_id: 'fit-12',
    email: 'a•••@•••',
    phone: '•••67',
    first_name: 'A•••',
    last_name: '',
    birthday: '•••',
    language: 'en',
    created_at: '2026-03-01T10:00:00.000Z',
    custom: { plan: 'pro', note: 'call •••67 or mail a•••@•••', weight: 71.5 },
    channels: [{ channel: 'email', address: 'a•••@•••', status: 'subscribed' }],
  });
});

test('with the right, nothing changes', () => {
  expect(maskContact(contact, rightsOfRole('auditor'))).toBe(contact);
});

test('one letter of any script stays whole', () => {
  const masked = maskContact({ first_name: '👩‍👩‍👧 Їжак' }, new Set());
  expect(masked.first_name).toBe('👩‍👩‍👧•••');
});

test.each([
  ['order 12345 of 2026-03-01', 'order 12345 of 2026-03-01'],
  ['write to "Ada" <ada@example.com>', 'write to "Ada" <a•••@•••>'],
  ['050 123 45 67', '•••67'],
  ['at 2026-03-01T10:00:00.000Z', 'at 2026-03-01T10:00:00.000Z'],
  ['550e8400-e29b-41d4-a716-446655440000', '550e8400-e29b-41d4-a716-446655440000'],
])('%s becomes %s', (text, masked) => {
  expect(maskText(text)).toBe(masked);
});

test('a long word without an address is looked at once', () => {
  // By its square, a text of this length takes the better part of an hour.
  const word = 'a'.repeat(2_000_000);
  expect(maskText(word)).toBe(word);
  expect(maskText(`${word}@${word}`)).toBe(`${word}@${word}`);
  expect(maskText('ada@lovelace@example.com')).toBe('ada@l•••@•••');
});
