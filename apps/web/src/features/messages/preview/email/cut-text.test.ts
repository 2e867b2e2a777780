import { expect, test } from 'vitest';
import { cutText, previewLine } from './cut-text.ts';

/** Every sign is ten wide. */
const measure = (text: string) => [...new Intl.Segmenter().segment(text)].length * 10;

test('what fits is shown whole', () => {
  expect(cutText('Hello', 50, measure)).toEqual({ shown: 'Hello', cut: '' });
});

test('what does not is cut where the dots still fit', () => {
  expect(cutText('Hello there', 60, measure)).toEqual({ shown: 'Hello', cut: ' there' });
});

test('no sign is taken apart', () => {
  expect(cutText('👩‍👩‍👧‍👦👍🏽abc', 30, measure)).toEqual({ shown: '👩‍👩‍👧‍👦👍🏽', cut: 'abc' });
});

test.each([
  ['', 'First  words\nof it', 'First words of it'],
  ['A preheader', 'First words', 'A preheader First words'],
  ['A preheader', 'A preheader\n\nFirst words', 'A preheader First words'],
])('after the subject stands %j with %j as %j', (preheader, text, line) => {
  expect(previewLine(preheader, text)).toBe(line);
});
