import { expect, test } from 'vitest';
import { slugOf } from './slug-of.ts';

test.each([
  ['My app', 'my-app'],
  ['  Café & Crème!  ', 'cafe-creme'],
  ['Фитнес 24', '24'],
  ['—', ''],
])('%s becomes %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});
