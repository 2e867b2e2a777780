import { expect, test } from 'vitest';
import { pathOf } from './run-path.ts';

const steps = [
  { block: 'a', type: 'email', at: '2026-01-01T10:00:00Z', exit: 'next', decided_by: null },
  { block: 'b', type: 'timer', at: '2026-01-02T10:00:00Z', exit: 'next', decided_by: null },
  { block: 'a', type: 'email', at: '2026-01-02T10:00:01Z', exit: 'next', decided_by: null },
];

test('a block visited twice has both times, an edge is drawn once', () => {
  const path = pathOf({ state: 'waiting', block: 'b' }, steps);
  expect(path.visits.get('a')).toEqual(['2026-01-01T10:00:00Z', '2026-01-02T10:00:01Z']);
  expect([...path.edges]).toEqual(['#start/next', 'a/next', 'b/next']);
});

test('a run that has not ended stands on its block, an ended one nowhere', () => {
  expect(pathOf({ state: 'waiting', block: 'b' }, steps).at).toBe('b');
  expect(pathOf({ state: 'completed', block: 'b' }, steps).at).toBeNull();
});

test('a block that failed tells why, unless the run passed it since', () => {
  const failed = { ...steps[0]!, exit: 'failed', decided_by: { failed: 'answered 503', tries: 3 } };
  const path = pathOf({ state: 'completed', block: 'b' }, [failed, steps[1]!]);
  expect([...path.failures]).toEqual([['a', 'answered 503']]);
  expect(path.edges).toContain('a/failed');
  expect(pathOf({ state: 'completed', block: 'b' }, [failed, ...steps]).failures.size).toBe(0);
});
