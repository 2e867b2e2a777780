import type { Contact } from '@perennial/contracts';
import { expect, test } from 'vitest';
import type { CardField } from '../edit/card-field.ts';
import { differ, externalIdsOf, fieldsWithValues } from './compare-contacts.ts';

const contact = (parts: Partial<Contact>) =>
  ({ external_id: null, custom: {}, address: null, ...parts }) as Contact;
const field = (key: string) => ({ key, label: key }) as CardField;

test('external IDs are told once each', () => {
  const contacts = ['a', null, 'b', 'a'].map((id) => contact({ external_id: id }));
  expect(externalIdsOf(contacts)).toEqual(['a', 'b']);
});

test('fields in which nobody has a value are left out, custom ones too', () => {
  const contacts = [contact({ custom: { plan: 'free' } }), contact({ city: 'Bath' })];
  const fields = ['city', 'region', 'custom.plan', 'custom.age', 'address.town'].map(field);
  expect(fieldsWithValues(contacts, fields).map(({ key }) => key)).toEqual(['city', 'custom.plan']);
});

test.each([
  [['free', 'free'], false],
  [['free', 'pro'], true],
  [['free', null], true],
  [
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    false,
  ],
])('%j: differ %s', (values, is) => {
  expect(differ(values)).toBe(is);
});
