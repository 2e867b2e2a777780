import { expect, test } from 'vitest';
import { bestName } from './best-name.ts';

test('a name is found however it is written, the usual ones first', () => {
  const known = ['order_completed', 'App Opened', 'signedUp'];
  expect(bestName(['SignedUp', 'Registered'], known)).toBe('signedUp');
  expect(bestName(['Purchased', 'Order Completed', 'AppOpened'], known)).toBe('order_completed');
  expect(bestName(['Registered'], known)).toBeUndefined();
  expect(bestName(['Куплено'], ['куплено!'])).toBe('куплено!');
});
