import { expect, test } from 'vitest';
import { formatOf, usableFormat } from './region-of.ts';

test('a tag that is none is passed over', () => {
  expect(usableFormat(['en-US@posix', 'de-AT', 'en'])).toBe('de-AT');
  expect(usableFormat(['C', ''])).toBe('en-GB');
});

test('a region that was chosen decides, a bare language leaves it to the browser', () => {
  expect(formatOf('uk-UA', 'en-GB')).toBe('uk-UA');
  expect(formatOf('en', 'en-GB')).toBe('en-GB');
  expect(formatOf(undefined, 'en-GB')).toBe('en-GB');
});
