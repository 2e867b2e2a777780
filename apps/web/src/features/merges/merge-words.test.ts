import { expect, test } from 'vitest';
import { catalogue, type TextId } from '../../app/catalogue.ts';
import type { Say } from '../../app/text.tsx';
import { kindWord } from './merge-words.ts';

const t = ((id: TextId) => catalogue[id]) as Say;

test.each([
  ['email', 'Email'],
  ['field.contact_key', 'Contact key'],
  ['field.custom.card_number', 'card_number'],
])('identifiers of the kind %s are called %s', (kind, word) => {
  expect(kindWord(t, kind)).toBe(word);
});
