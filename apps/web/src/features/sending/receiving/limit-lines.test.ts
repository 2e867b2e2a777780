import { expect, test } from 'vitest';
import { limitsOf, linesOf } from './limit-lines.ts';

test('limits become lines and limits again', () => {
  const limits = [
    { domains: ['gmail.com', 'googlemail.com'], rate_per_second: 20, connections: null },
    { domains: ['b.example'], rate_per_second: null, connections: 2 },
  ];
  expect(limitsOf(linesOf(limits))).toEqual(limits);
});

test('domains may be typed with commas, spaces or line breaks between them', () => {
  const [limit] = limitsOf([
    { domains: ' a.example;b.example  c.example,', rate: '', connections: 3 },
  ]);
  expect(limit).toEqual({
    domains: ['a.example', 'b.example', 'c.example'],
    rate_per_second: null,
    connections: 3,
  });
});
