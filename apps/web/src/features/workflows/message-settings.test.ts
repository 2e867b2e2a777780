import { expect, test } from 'vitest';
import { termsOf, withSettings } from './message-settings.ts';

test('what a block says of its message is read, and what is wrong is not', () => {
  const hours = { from: '09:00', to: '21:00' };
  expect(termsOf({ message: '7', priority: 'high', send_hours: hours, ttl: { n: 0 } })).toEqual({
    priority: 'high',
    send_hours: hours,
  });
});

test('other settings leave exits, note and the other blocks alone', () => {
  const definition = {
    first: 'a',
    blocks: {
      a: { type: 'email', message: '7', priority: 'low', exits: { next: 'b' }, note: 'Hi' },
      b: { type: 'end' },
    },
  };
  expect(withSettings(definition, 'a', { message: '7', ttl: { n: 1, unit: 'day' } })).toEqual({
    first: 'a',
    blocks: {
      a: {
        type: 'email',
        message: '7',
        ttl: { n: 1, unit: 'day' },
        exits: { next: 'b' },
        note: 'Hi',
      },
      b: { type: 'end' },
    },
  });
  expect(withSettings(definition, 'gone', {})).toBe(definition);
});
