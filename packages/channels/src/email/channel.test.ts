import { expect, test } from 'vitest';
import { emailContent } from './channel.ts';

const withAmp = (amp: string) => emailContent.safeParse({ subject: 'x', html: 'x', amp }).success;

test('a page of AMP is known by its mark, in either spelling', () => {
  expect(withAmp('<!doctype html><html ⚡4email data-css-strict><body></body></html>')).toBe(true);
  expect(withAmp('<!doctype html><html lang="en" amp4email><body></body></html>')).toBe(true);
  expect(withAmp('<html><body>⚡4email</body></html>')).toBe(false);
});

test('very many openings of a page are read once each', () => {
  // Looked through again from each of them, this would take minutes.
  expect(withAmp('<html '.repeat(166_000))).toBe(false);
  expect(withAmp('<html '.repeat(500_000))).toBe(false);
});
