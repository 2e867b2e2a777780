import { expect, test } from 'vitest';
import { queryString } from './api.ts';

test('a query leaves out what is empty and joins lists', () => {
  expect(queryString({ search: '', status: ['sent', 'opened'], kinds: [], limit: 50 })).toBe(
    '?status=sent%2Copened&limit=50',
  );
});

test('false and zero are values', () => {
  expect(queryString({ identified: false, offset: 0 })).toBe('?identified=false&offset=0');
});

test('no query is no question mark', () => {
  expect(queryString(undefined)).toBe('');
  expect(queryString({ search: null })).toBe('');
});
