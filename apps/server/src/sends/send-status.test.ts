import { DELIVERY_STATUSES, furthestStatus, laterStatus } from '@perennial/channels';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advanceSend, nothingLeft } from './send-status.ts';

const status = fc.constantFrom(...DELIVERY_STATUSES);
const report = status.filter((s) => s !== 'queued');

test('whatever the order and however often they come, reports lead to one status', () => {
  fc.assert(
    fc.property(
      fc
        .array(report)
        .chain((reports) =>
          fc.tuple(
            fc.constant(reports),
            fc.shuffledSubarray([...reports, ...reports], { minLength: reports.length * 2 }),
          ),
        ),
      ([reports, shuffled]) => {
        const result = (list: typeof reports) => list.reduce(laterStatus, 'queued' as const);
        expect(result(shuffled)).toBe(result(reports));
      },
    ),
  );
});

test('no report takes a delivery back', () => {
  fc.assert(
    fc.property(status, status, (current, reported) => {
      expect(laterStatus(laterStatus(current, reported), current)).toBe(
        laterStatus(current, reported),
      );
    }),
  );
});

test.each([
  ['sent', 'undelivered', 'undelivered'],
  ['undelivered', 'sent', 'undelivered'],
  ['delivered', 'undelivered', 'delivered'],
  ['uncertain', 'sent', 'sent'],
  ['uncertain', 'undelivered', 'undelivered'],
  ['clicked', 'opened', 'clicked'],
  ['undelivered', 'opened', 'opened'],
] as const)('%s and then a report of %s is %s', (current, reported, expected) => {
  expect(laterStatus(current, reported)).toBe(expected);
});

test('a send is as far as the furthest of its deliveries', () => {
  fc.assert(
    fc.property(fc.array(status, { minLength: 1 }), (statuses) => {
      const furthest = furthestStatus(statuses)!;
      expect(statuses).toContain(furthest);
      for (const s of statuses) {
        expect(DELIVERY_STATUSES.indexOf(s)).toBeLessThanOrEqual(
          DELIVERY_STATUSES.indexOf(furthest),
        );
      }
    }),
  );
});

test('over any history every fact is told at most once, and sent before delivered', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), report)), (history) => {
      const deliveries = ['queued', 'queued', 'queued'] as ReturnType<typeof laterStatus>[];
      let state: Parameters<typeof advanceSend>[0] = { status: null, facts: 0 };
      const told: string[] = [];
      for (const [i, reported] of history) {
        deliveries[i] = laterStatus(deliveries[i]!, reported);
        const { news, ...next } = advanceSend(state, deliveries);
        told.push(...news);
        state = next;
      }
      expect(new Set(told).size).toBe(told.length);
      if (told.includes('MessageDelivered')) {
        expect(told.indexOf('MessageSent')).toBeLessThan(told.indexOf('MessageDelivered'));
      }
    }),
  );
});

test.each([
  [['cancelled', 'expired'], true],
  [['cancelled', 'sent'], false],
  [['undelivered'], false],
  [[], false],
] as const)('of %j nothing left: %s', (statuses, expected) => {
  expect(nothingLeft(statuses)).toBe(expected);
});
