import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BURST_MS, judgeVisits, type Visit } from './judge-visits.ts';

const HANDED = 1_000_000;
const MINUTE = 60_000;

function click(at: number, url = 'https://a.test/1', more: Partial<Visit> = {}): Visit {
  return { status: 'clicked', at: HANDED + at, url, ...more };
}

function open(at: number): Visit {
  return { status: 'opened', at: HANDED + at };
}

function judge(visits: readonly Visit[], links = 4, handedAt: number | null = HANDED) {
  return judgeVisits(visits, { handedAt, links });
}

describe('a visit', () => {
  test.each([
    ['a click after 2,999 ms', click(2_999), 'too fast'],
    ['a click after 3,000 ms', click(3_000), undefined],
    ['an open after 999 ms', open(999), 'too fast'],
    ['an open after 1,000 ms', open(1_000), undefined],
    ['what says what it is', click(10, 'u', { machine: 'head' }), 'head'],
  ])('%s', (_, visit, reason) => {
    expect(judge([visit])).toEqual([reason]);
  });

  test('while the message is being handed over is a machine', () => {
    expect(judge([click(MINUTE)], 1, Infinity)).toEqual(['too fast']);
  });

  test('of a message of which nobody knows when it left is a person', () => {
    expect(judge([click(0)], 1, null)).toEqual([undefined]);
  });
});

describe('every link', () => {
  const followed = (n: number, step = 1_000) =>
    Array.from({ length: n }, (_, i) => click(MINUTE + i * step, `https://a.test/${i}`));

  test('marks the earlier ones, too', () => {
    expect(judge(followed(2), 3)).toEqual([undefined, undefined]);
    expect(judge(followed(3), 3)).toEqual(['every link', 'every link', 'every link']);
  });

  test('means most of many', () => {
    expect(judge(followed(6), 10).filter(Boolean)).toHaveLength(0);
    expect(judge(followed(7), 10).filter(Boolean)).toHaveLength(7);
  });

  test('of two links is what a person does', () => {
    expect(judge(followed(2), 2)).toEqual([undefined, undefined]);
  });

  test('one link again and again is a person', () => {
    const again = Array.from({ length: 9 }, (_, i) => click(MINUTE + i));
    expect(judge(again, 3).filter(Boolean)).toHaveLength(0);
  });

  test('takes ten seconds at most', () => {
    expect(judge(followed(3, BURST_MS / 2), 3).filter(Boolean)).toHaveLength(3);
    expect(judge(followed(3, BURST_MS / 2 + 1), 3).filter(Boolean)).toHaveLength(0);
  });

  test('counts the open between the clicks, and leaves a later one alone', () => {
    const opens: Visit[] = [500, 5 * MINUTE].map((ms) => ({
      status: 'opened',
      at: HANDED + MINUTE + ms,
    }));
    expect(judge([...followed(3), ...opens], 3).slice(3)).toEqual(['every link', undefined]);
  });
});

const visit: fc.Arbitrary<Visit> = fc.record({
  status: fc.constantFrom('opened' as const, 'clicked' as const),
  at: fc.integer({ min: HANDED - 1_000, max: HANDED + 30_000 }),
  url: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  machine: fc.option(fc.constant('declared'), { nil: undefined, freq: 5 }),
});
const visits = fc.array(visit, { maxLength: 12 });
const links = fc.integer({ min: 0, max: 6 });

test('the order in which visits are told changes nothing', () => {
  fc.assert(
    fc.property(visits, links, fc.infiniteStream(fc.nat()), (all, n, draws) => {
      const order = all.map((_, i) => [draws.next().value as number, i] as const);
      const shuffled = order.toSorted(([a], [b]) => a - b).map(([, i]) => i);
      const marks = judge(all, n);
      expect(
        judge(
          shuffled.map((i) => all[i]!),
          n,
        ),
      ).toEqual(shuffled.map((i) => marks[i]));
    }),
  );
});

test('what was a machine stays one when more is told', () => {
  fc.assert(
    fc.property(visits, visit, links, (all, more, n) => {
      const after = judge([...all, more], n);
      judge(all, n).forEach((mark, i) => {
        if (mark) expect(after[i]).toBe(mark);
      });
    }),
  );
});

test('visits that were marked and are judged again keep their marks', () => {
  fc.assert(
    fc.property(visits, links, (all, n) => {
      const marks = judge(all, n);
      expect(
        judge(
          all.map((one, i) => ({ ...one, machine: marks[i] })),
          n,
        ),
      ).toEqual(marks);
    }),
  );
});
