import { expect, test } from 'vitest';
import { isUnfilled } from './unfilled.ts';

const content = {
  subject: ' ',
  more_subjects: ['Hi', ''],
  attachments: [{ url: '' }, { url: 'https://' }],
};

test.each([
  ['/subject', true],
  ['/more_subjects/0', false],
  ['/more_subjects/1', true],
  ['/more_subjects/2', true],
  ['/attachments/0/url', true],
  ['/attachments/1/url', false],
  ['/html', true],
  ['/constructor', true],
  ['', false],
])('nothing is written at "%s": %s', (pointer, expected) => {
  expect(isUnfilled(content, pointer)).toBe(expected);
});
