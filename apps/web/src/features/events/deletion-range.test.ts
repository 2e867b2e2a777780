import { expect, test } from 'vitest';
import { readRange } from './deletion-range.ts';

const chosen = {
  type: 'Paid',
  from: '2026-01-01T00:00',
  to: '2026-01-02T00:00',
  which: 'past' as const,
};

test('a time is read as instants, and imported events only or all', () => {
  const from = new Date(2026, 0, 1).toISOString();
  const to = new Date(2026, 0, 2).toISOString();
  expect(readRange(chosen)).toEqual({ type: 'Paid', from, to, past_only: true });
  expect(readRange({ ...chosen, which: 'all' })?.past_only).toBe(false);
});

test.each([{ from: '' }, { to: '' }, { from: chosen.to, to: chosen.from }, { to: chosen.from }])(
  '%j is no time to delete',
  (wrong) => {
    expect(readRange({ ...chosen, ...wrong })).toBeUndefined();
  },
);
