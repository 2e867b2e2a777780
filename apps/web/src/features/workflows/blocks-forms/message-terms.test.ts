import { expect, test } from 'vitest';
import { termsOf } from './message-terms.ts';

test('what a block says of its message is read, and what is wrong is not', () => {
  const hours = { from: '09:00', to: '21:00' };
  expect(termsOf({ message: '7', priority: 'high', send_hours: hours, ttl: { n: 0 } })).toEqual({
    priority: 'high',
    send_hours: hours,
  });
});
