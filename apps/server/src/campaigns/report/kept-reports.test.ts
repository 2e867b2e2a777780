import { expect, test } from 'vitest';
import { testApp } from '../../http/test-app.ts';
import { findCampaign, type CampaignRow } from '../queries.ts';
import { createReports, type ReportParts } from './kept-reports.ts';

type Counted = Awaited<ReturnType<NonNullable<ReportParts['count']>>>;

const { pool, workspace } = await testApp({ routes: [] });

const outcomes = {
  sent: 0,
  delivered: 0,
  opened: 0,
  clicked: 0,
  unsubscribed: 0,
  complained: 0,
  undelivered: 0,
  uncertain: 0,
};
const balance = {
  eligible: 0,
  sent: 0,
  queued: 0,
  refused: 0,
  reasons: [],
  held: 0,
  waiting: 0,
  cancelled: 0,
  gone: 0,
  complete: true,
};

/** One that tells itself from others. */
const reportOf = (sent: number): Counted => ({
  balance,
  totals: { ...outcomes, sent },
  machines: { opened: 0, clicked: 0 },
  variants: [],
  subjects: [],
  over_time: [{ at: new Date(5), sent, opened: 0, clicked: 0 }],
  bucket_ms: 300_000,
  languages: [],
  domains: [],
  delays: [],
  links: [],
});

let made = 0;

async function newCampaign(): Promise<CampaignRow> {
  made += 1;
  const { rows } = await pool.query<{ id: number }>(
    `insert into campaigns (workspace_id, key, name, state, schedule, created_at, updated_at)
     values ($1, $2, 'C', 'running', '{}', $3, $3) returning id`,
    [workspace.id, `c${made}`, new Date(0)],
  );
  return (await findCampaign(pool, { workspaceId: workspace.id, id: rows[0]!.id }))!;
}

/** Reports of which each takes as long as the test says; `again` forgets what a process keeps. */
async function world() {
  const campaign = await newCampaign();
  let time = 0;
  const counting: PromiseWithResolvers<Counted>[] = [];
  const failures: unknown[] = [];
  const create = () =>
    createReports({
      clock: () => time,
      onError: (cause) => failures.push(cause),
      count() {
        const next = Promise.withResolvers<Counted>();
        counting.push(next);
        return next.promise;
      },
    });
  let reports = create();
  return {
    counting,
    failures,
    again: () => (reports = create()),
    pass: (ms: number) => (time += ms),
    async ask(more: { campaign?: CampaignRow; machines?: boolean } = {}) {
      const {
        counted_at,
        counting: isCounted,
        totals,
      } = await reports.of(pool, {
        campaign,
        machines: false,
        now: new Date(time),
        ...more,
      });
      return { at: counted_at.getTime(), counting: isCounted, sent: totals.sent };
    },
    campaign,
  };
}

async function begun(counting: readonly unknown[], n: number): Promise<void> {
  await expect.poll(() => counting.length).toBe(n);
}

test('a report is counted once for all who ask meanwhile, and kept for five times as long as it took', async () => {
  const { ask, counting, pass } = await world();
  const first = ask();
  const second = ask();
  await begun(counting, 1);
  pass(100);
  counting[0]!.resolve(reportOf(1));
  expect(await first).toEqual({ at: 0, counting: false, sent: 1 });
  expect(await second).toEqual(await first);
  pass(499);
  expect(await ask()).toEqual(await first);
  pass(1);
  const third = ask();
  await begun(counting, 2);
  counting[1]!.resolve(reportOf(2));
  expect(await third).toEqual({ at: 600, counting: false, sent: 2 });
});

test('one with machines, of a changed campaign, or after one that failed is counted anew', async () => {
  const { ask, counting, campaign } = await world();
  const failing = ask();
  await begun(counting, 1);
  const machines = ask({ machines: true });
  await begun(counting, 2);
  const changed = ask({ campaign: { ...campaign, updated_at: new Date(1) } });
  await begun(counting, 3);
  counting[0]!.reject(new Error('the database is away'));
  await expect(failing).rejects.toThrow('away');
  const anew = ask();
  await begun(counting, 4);
  counting.slice(1).forEach(({ resolve }, n) => resolve(reportOf(n)));
  expect((await Promise.all([machines, changed, anew])).map(({ sent }) => sent)).toEqual([0, 1, 2]);
});

test('one that took long is told at once, by any process, and counted anew beside that', async () => {
  const { ask, counting, pass, again, failures } = await world();
  const first = ask();
  await begun(counting, 1);
  pass(2_000);
  counting[0]!.resolve(reportOf(1));
  await first;
  again();
  expect(await ask()).toEqual({ at: 0, counting: false, sent: 1 });
  expect(counting).toHaveLength(1);
  pass(8_000);
  expect(await ask()).toEqual({ at: 0, counting: true, sent: 1 });
  expect(await ask()).toEqual({ at: 0, counting: true, sent: 1 });
  expect(counting).toHaveLength(2);
  pass(2_000);
  counting[1]!.resolve(reportOf(2));
  await expect.poll(() => ask()).toEqual({ at: 10_000, counting: false, sent: 2 });
  pass(60_000);
  again();
  expect(await ask()).toMatchObject({ counting: true, sent: 2 });
  counting[2]!.reject(new Error('away'));
  await expect.poll(() => failures.length).toBe(1);
  expect(await ask()).toMatchObject({ counting: true });
});

test('what an earlier release kept and this one cannot read is counted', async () => {
  const { ask, counting, campaign } = await world();
  await pool.query(`insert into campaign_reports values ($1, false, '{"totals": 5}', $2, 90000)`, [
    campaign.id,
    new Date(0),
  ]);
  const asked = ask();
  await begun(counting, 1);
  counting[0]!.resolve(reportOf(3));
  expect(await asked).toMatchObject({ sent: 3 });
});
