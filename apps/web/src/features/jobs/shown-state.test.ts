import { expect, test } from 'vitest';
import { shownState } from './shown-state.ts';

test.each([
  ['queued', 'stopping'],
  ['running', 'stopping'],
  ['done', 'tooLate'],
  ['cancelled', 'cancelled'],
  ['failed', 'failed'],
] as const)('a job that is %s and was cancelled is shown as %s', (state, shown) => {
  expect(shownState({ state, cancel_asked: true })).toBe(shown);
  expect(shownState({ state, cancel_asked: false })).toBe(state);
});
