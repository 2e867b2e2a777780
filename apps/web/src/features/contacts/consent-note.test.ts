import { expect, test } from 'vitest';
import { consentNote } from './consent-note.ts';

const early = '2026-11-01T10:00:00.000Z';
const late = '2026-11-20T10:00:00.000Z';

function said(
  status: 'subscribed' | 'unconfirmed' | null,
  at: string,
  ...since: string[]
): Parameters<typeof consentNote>[0] {
  return {
    consent: status && { status, at, source: 'api', text: null },
    suppressions: since.map((instant) => ({
      reason: 'unsubscribed',
      since: instant,
      until: null,
      source: 'link',
      details: null,
    })),
  };
}

test.each([
  ['agreed, and left since', said('subscribed', early, late), 'agreedBefore'],
  ['agreed in the same moment', said('subscribed', late, late), 'agreedBefore'],
  ['agreed although something spoke against it', said('subscribed', late, early), 'agreed'],
  ['was asked and never answered', said('unconfirmed', early, late), 'asked'],
  ['nobody asked', said(null, early, late), null],
  ['nothing speaks against it: the state says it all', said('subscribed', early), null],
])('%s', (_case, channel, note) => {
  expect(consentNote(channel)).toBe(note);
});
