import { expect, test } from 'vitest';
import { noEvent, readChoice, readTyped } from './event-choice.ts';

test('parameters are an object of JSON', () => {
  expect(readTyped('{"plan": "pro"}')).toMatchObject({ ok: true, params: { plan: 'pro' } });
});

test.each(['[1]', '7', 'null', '{"plan":'])('%s is none', (typed) => {
  expect(readTyped(typed).ok).toBe(false);
});

test('a choice comes back as it was kept', () => {
  const choice = { type: 'Bought', source: 'typed', typed: '{"a": 1}' } as const;
  expect(readChoice(JSON.stringify(choice))).toEqual(choice);
});

test.each([undefined, '', '{', 'null', '{"type": 7, "source": "x"}'])(
  'of %s nothing is chosen',
  (kept) => {
    expect(readChoice(kept)).toEqual(noEvent);
  },
);
