import type { Sender } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { addressIn, domainFor, mailboxText, sendersFor } from './mailbox-text.ts';

test.each([
  ['', 'a@shop.example', 'a@shop.example'],
  ['Anna Бо', 'a@shop.example', 'Anna Бо <a@shop.example>'],
  ['Anna, Shop', 'a@shop.example', '"Anna, Shop" <a@shop.example>'],
  [String.raw`An "x" \ y`, 'a@shop.example', String.raw`"An \"x\" \\ y" <a@shop.example>`],
])('%s and %s are %s', (name, address, expected) => {
  expect(mailboxText({ name, address })).toBe(expected);
});

test.each([
  ['Anna <a@shop.example>', 'a@shop.example'],
  [' a@shop.example ', 'a@shop.example'],
  ['a@shop', undefined],
  ['{{ contact.first_name }} <a@shop.example>', 'a@shop.example'],
  ['{{ workspace.from }}', undefined],
  ['', undefined],
])('the address in “%s” is %s', (text, expected) => {
  expect(addressIn(text)).toBe(expected);
});

const sender = (name: string, address: string): Sender => ({
  id: address,
  name,
  address,
  reply_to: null,
  domain: address.split('@')[1]!,
  domain_id: '1',
  domain_state: 'verified',
  is_default: false,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
});
const senders = [sender('Anna', 'anna@shop.example'), sender('News', 'n@news.example')];

test('senders are found by name, address and domain', () => {
  const found = (typed: string) => sendersFor(typed, senders).map(({ name }) => name);
  expect(found('')).toEqual(['Anna', 'News']);
  expect(found('ANN')).toEqual(['Anna']);
  expect(found('news.ex')).toEqual(['News']);
  expect(found('nobody')).toEqual([]);
  expect(found('Anna <anna@shop.example>')).toEqual(['Anna']);
});

test('an address belongs to the nearest domain', () => {
  const domains = ['shop.example', 'news.shop.example'].map((domain) => ({
    domain,
    display: domain,
  }));
  expect(domainFor('a@x.news.shop.example', domains)?.domain).toBe('news.shop.example');
  expect(domainFor('a@Shop.example', domains)?.domain).toBe('shop.example');
  expect(domainFor('a@notshop.example', domains)).toBeUndefined();
});
