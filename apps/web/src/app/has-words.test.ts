import { expect, test } from 'vitest';
import { hasWords } from './has-words.ts';

test.each([
  ['', true],
  ['  ВІТ ', true],
  ['hel', true],
  ['lo wor', false],
])('%j', (search, found) => {
  expect(hasWords(['Вітання', 'Hello'], search)).toBe(found);
});
