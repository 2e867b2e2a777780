import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIntl } from 'react-intl/server';
import { expect, test } from 'vitest';
import { catalogue } from './catalogue.ts';

const roots = [
  join(import.meta.dirname, '..'),
  join(import.meta.dirname, '../../../../packages/ui/src'),
];

const sources = roots.flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/(^|\/)texts\.ts$|\.test\.ts$/.test(file))
    .map((file) => readFileSync(join(root, file), 'utf8')),
);
const code = sources.join('\n');

/** Ids written out, and the fixed beginnings and ends of those put together. */
const literals = new Set([...code.matchAll(/['"]([a-z]+(?:\.[\w-]+)+)['"]/gi)].map((m) => m[1]));
const patterns = [
  ...code.matchAll(/`([a-z]+(?:\.[\w-]+)*\.(?:[\w.-]*\$\{[^}]*\})+[\w.-]*)`/gi),
].map(
  ([, template = '']) =>
    new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\$\{[^}]*\}/g, '[\\w.]*')}$`),
);

function isUsed(id: string): boolean {
  return literals.has(id) || patterns.some((pattern) => pattern.test(id));
}

test('every text of the catalogue is used', () => {
  expect(Object.keys(catalogue).filter((id) => !isUsed(id))).toEqual([]);
});

test('every id that the code asks for is in the catalogue', () => {
  const asked = [
    ...code.matchAll(/\bt(?:ext)?\(\s*'([^']+)'/g),
    ...code.matchAll(/<Rich\s+id="([^"]+)"/g),
  ];
  const missing = asked.map(([, id = '']) => id).filter((id) => !Object.hasOwn(catalogue, id));
  expect(missing).toEqual([]);
});

test('texts end without stray spaces and use typographic quotes', () => {
  const careless = Object.entries(catalogue).filter(
    ([, text]) => text !== text.trim() || /\w'\w/.test(text) || text.includes('"'),
  );
  expect(careless).toEqual([]);
});

test('every text is valid ICU message syntax', () => {
  const broken: string[] = [];
  const intl = createIntl({
    locale: 'en',
    messages: catalogue,
    onError: (error) => {
      broken.push(error.message);
    },
  });
  for (const [id, text] of Object.entries(catalogue)) {
    const names = [...text.matchAll(/\{(\w+)/g)].map(([, name = '']) => [name, 1]);
    intl.formatMessage({ id }, Object.fromEntries(names) as Record<string, number>);
  }
  expect(broken).toEqual([]);
});
