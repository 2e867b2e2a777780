import { expect, test } from 'vitest';
import { readWindow } from './goal-windows.ts';

test.each([
  ['24', 24],
  ['720', 720],
  ['5', 168],
  ['', 168],
  ['1e9', 168],
])('the window %j is %d hours', (text, hours) => {
  expect(readWindow(text)).toBe(hours);
});
