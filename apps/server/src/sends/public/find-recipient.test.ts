import { expect, test } from 'vitest';
import { pageLanguage, standing } from './find-recipient.ts';

test.each([
  [[], 'subscribed', 'subscribed'],
  [[], 'unconfirmed', 'unconfirmed'],
  [[], undefined, 'subscribed'],
  [['unsubscribed'], 'subscribed', 'unsubscribed'],
  [['complained'], 'unconfirmed', 'unsubscribed'],
  [['bounced', 'blocked'], 'subscribed', 'subscribed'],
  [['blacklisted', 'unsubscribed'], 'subscribed', 'barred'],
] as const)('with %j and an address that is %s a person is %s', (reasons, consent, expected) => {
  expect(standing({ reasons, consent })).toBe(expected);
});

test.each([
  [['uk-UA', 'en'], 'uk'],
  [[null, 'ar_EG'], 'ar'],
  [['tlh', undefined, 'pt-BR'], 'pt'],
  [['tlh'], 'en'],
])('of %j it speaks %s', (wanted, language) => {
  expect(pageLanguage(wanted)).toBe(language);
});
