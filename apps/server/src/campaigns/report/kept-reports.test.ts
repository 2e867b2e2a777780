import { expect, test } from 'vitest';
import type { Pool } from '../../db/index.ts';
import type { CampaignRow } from '../queries.ts';
import { createReports } from './kept-reports.ts';

type Counted = Awaited<ReturnType<NonNullable<Parameters<typeof createReports>[0]>['count'] & {}>>;

const pool = {} as Pool;
const campaign = { id: 1, updated_at: new Date(0) } as CampaignRow;

/** Reports of which each takes as long as the test says. */
function world() {
  let time = 0;
  const counting: PromiseWithResolvers<Counted>[] = [];
  const reports = createReports({
    clock: () => time,
    count() {
      const next = Promise.withResolvers<Counted>();
      counting.push(next);
      return next.promise;
    },
  });
  return {
    counting,
    ask: (more: { campaign?: CampaignRow; machines?: boolean } = {}) =>
      reports.of(pool, { campaign, machines: false, now: new Date(time), ...more }),
    pass: (ms: number) => (time += ms),
  };
}

test('a report is counted once for all who ask meanwhile, and kept for five times as long as it took', async () => {
  const { ask, counting, pass } = world();
  const first = ask();
  pass(100);
  const second = ask();
  counting[0]!.resolve({} as Counted);
  expect(await first).toBe(await second);
  expect(await first).toEqual({ counted_at: new Date(0) });
  pass(499);
  expect(await ask()).toBe(await first);
  pass(1);
  void ask();
  expect(counting).toHaveLength(2);
});

test('one with machines, of a changed campaign, or after one that failed is counted anew', async () => {
  const { ask, counting } = world();
  const failing = ask();
  void ask({ machines: true });
  void ask({ campaign: { ...campaign, updated_at: new Date(1) } });
  expect(counting).toHaveLength(3);
  counting[0]!.reject(new Error('the database is away'));
  await expect(failing).rejects.toThrow('away');
  void ask();
  expect(counting).toHaveLength(4);
});
