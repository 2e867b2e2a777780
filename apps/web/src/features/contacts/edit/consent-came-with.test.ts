import type { ContactCard } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { consentCameWith } from './consent-came-with.ts';

const NOW = '2026-05-01T10:00:00.000Z';
const BEFORE = '2026-04-01T10:00:00.000Z';

function card(consent: { status: string; at: string; source: string } | null) {
  return {
    channels: [{ channel: 'email', consent: consent && { ...consent, text: null } }],
    set_at: { email: { at: NOW, source: 'manual', weak: false } },
  } as unknown as ContactCard;
}

test.each([
  ['came with the address', { status: 'subscribed', at: NOW, source: 'manual' }, true],
  ['was known before', { status: 'subscribed', at: BEFORE, source: 'manual' }, false],
  ['is the word of the person', { status: 'subscribed', at: NOW, source: 'web' }, false],
  ['was not given', { status: 'unconfirmed', at: NOW, source: 'manual' }, false],
  ['is not known', null, false],
])('a consent that %s', (_, consent, expected) => {
  expect(consentCameWith(card(consent), 'email')).toBe(expected);
  expect(consentCameWith(card(consent), 'first_name')).toBe(false);
});
