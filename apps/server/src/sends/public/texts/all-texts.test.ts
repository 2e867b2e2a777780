import { expect, test } from 'vitest';
import { allTexts } from './all-texts.ts';
import { en } from './en.ts';

/** Every text with its place, and whether it names the workspace. */
function named(texts: object): Record<string, boolean> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([place, text]: [string, string | object]) =>
      typeof text === 'string'
        ? [[place, text.includes('{workspace}')]]
        : Object.entries(named(text)).map(([rest, has]) => [`${place}.${rest}`, has]),
    ),
  );
}

test.each(Object.entries(allTexts))('%s names the workspace where English does', (_, texts) => {
  expect(named(texts)).toEqual(named(en));
});

test('no text could be taken for markup', () => {
  expect(JSON.stringify(allTexts)).not.toMatch(/[<>&]/);
});
