import { expect, test } from 'vitest';
import { eventParameters } from './event-parameters.ts';

test('parameters that were seen, asked for and shown are offered together', () => {
  const seen = ['cart.total', 'items', 'items[].sku', 'items[].price', 'plan'];
  expect(eventParameters(seen, ['currency', 'plan'], ['plan', 'days'])).toEqual([
    'cart.total',
    'currency',
    'days',
    'items',
    'plan',
  ]);
});

test('what cannot be written behind a point is left out', () => {
  expect(eventParameters(['two words', '1st', 'назва', '', '[].x', 'a-b.2'])).toEqual([
    'a-b.2',
    'назва',
  ]);
});
