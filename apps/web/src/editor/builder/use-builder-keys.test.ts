import { expect, test } from 'vitest';
import { nameOf } from './use-builder-keys.ts';

const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

test.each([
  [{ key: 'z', ctrlKey: true }, 'mod+z'],
  [{ key: 'z', metaKey: true }, 'mod+z'],
  [{ key: 'Z', ctrlKey: true, shiftKey: true }, 'shift+mod+z'],
  [{ key: '?', shiftKey: true }, '?'],
  [{ key: '/' }, '/'],
  [{ key: 'ArrowUp' }, 'arrowup'],
  [{ key: 'Tab', shiftKey: true }, 'shift+tab'],
  [{ key: 'A', shiftKey: true }, 'shift+a'],
  [{ key: 'F', altKey: true }, 'alt+f'],
])('%j is %s', (event, name) => {
  expect(nameOf({ ...plain, ...event })).toBe(name);
});
