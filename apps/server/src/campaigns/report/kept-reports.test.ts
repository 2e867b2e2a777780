import { expect, test } from 'vitest';
import { testApp } from '../../http/test-app.ts';
import { findCampaign, type CampaignRow } from '../queries.ts';
import { countReports } from './count-reports.ts';
import { findKeptReport } from './kept-report-queries.ts';
import { createReports } from './kept-reports.ts';
import type { reportCampaign } from './report-campaign.ts';

type Counted = Awaited<ReturnType<typeof reportCampaign>>;

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
  const count = (): Promise<Counted> => {
    const next = Promise.withResolvers<Counted>();
    counting.push(next);
    return next.promise;
  };
  const create = () => createReports({ clock: () => time, count });
  let reports = create();
  return {
    counting,
    campaign,
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
    /** What the background does about what is wanted. */
    work: () =>
      countReports({ pool, clock: () => new Date(time), count, least: Number.MAX_SAFE_INTEGER }),
    /** As if it had taken long. */
    took: (ms: number) =>
      pool.query('update campaign_reports set took_ms = $2 where campaign_id = $1', [
        campaign.id,
        ms,
      ]),
    row: () => findKeptReport(pool, { campaignId: campaign.id, machines: false }),
  };
}

async function begun(counting: readonly unknown[], n: number): Promise<void> {
  await expect.poll(() => counting.length).toBe(n);
}

test('a report is counted once for all who ask meanwhile, and kept for five times as long as it took', async () => {
  const { ask, counting, pass, row } = await world();
  const first = ask();
  await begun(counting, 1);
  const second = ask();
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
  expect(await row()).toBeUndefined();
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

test('one that took long is kept, and told at once by any process while it is counted anew', async () => {
  const { ask, counting, pass, again, work, took } = await world();
  const first = ask();
  await begun(counting, 1);
  pass(2_000);
  counting[0]!.resolve(reportOf(1));
  expect(await first).toEqual({ at: 0, counting: false, sent: 1 });
  again();
  pass(7_999);
  expect(await ask()).toEqual({ at: 0, counting: false, sent: 1 });
  pass(1);
  expect(await ask()).toEqual({ at: 0, counting: true, sent: 1 });
  expect(counting).toHaveLength(1);
  const anew = work();
  await begun(counting, 2);
  expect(await ask()).toEqual({ at: 0, counting: true, sent: 1 });
  // Nobody else counts it meanwhile.
  expect(await work()).toEqual({ tookMs: undefined, moreWanted: false });
  pass(1_000);
  counting[1]!.resolve(reportOf(2));
  await anew;
  await took(2_000);
  expect(await ask()).toEqual({ at: 10_000, counting: false, sent: 2 });
  expect(await work()).toEqual({ tookMs: undefined, moreWanted: false });
});

test('of two that were counted at once the younger one stays', async () => {
  const { ask, counting, pass, again, row } = await world();
  const older = ask();
  await begun(counting, 1);
  again();
  pass(1_000);
  const younger = ask();
  await begun(counting, 2);
  pass(1_000);
  counting[1]!.resolve(reportOf(2));
  await younger;
  counting[0]!.resolve(reportOf(1));
  expect(await older).toMatchObject({ sent: 1 });
  expect(await row()).toMatchObject({ counted_at: new Date(1_000), took_ms: 1_000 });
});

test('a count that fails is not said to go on, and is tried again when somebody wants it', async () => {
  const { ask, counting, pass, work, took, row } = await world();
  const first = ask();
  await begun(counting, 1);
  pass(2_000);
  counting[0]!.resolve(reportOf(1));
  await first;
  pass(20_000);
  expect(await ask()).toMatchObject({ counting: true, sent: 1 });
  const failing = work();
  await begun(counting, 2);
  counting[1]!.reject(new Error('no room on the disk'));
  await expect(failing).rejects.toThrow('no room');
  expect(await row()).toMatchObject({ counting_at: null, wanted_at: null });
  expect(await ask()).toMatchObject({ counting: true, sent: 1 });
  // Left alone for as long as one that was counted.
  expect(await work()).toEqual({ tookMs: undefined, moreWanted: true });
  pass(10_000);
  const again = work();
  await begun(counting, 3);
  counting[2]!.resolve(reportOf(3));
  await again;
  await took(2_000);
  expect(await ask()).toMatchObject({ counting: false, sent: 3 });
});

test('whoever began to count and is gone holds up nobody for ever', async () => {
  const { ask, counting, pass, work } = await world();
  const first = ask();
  await begun(counting, 1);
  pass(2_000);
  counting[0]!.resolve(reportOf(1));
  await first;
  pass(20_000);
  await ask();
  void work().catch(() => {});
  await begun(counting, 2);
  pass(60_000);
  expect(await ask()).toMatchObject({ counting: true });
  void work();
  await begun(counting, 3);
});

test('what an earlier release kept and this one cannot read is counted', async () => {
  const { ask, counting, campaign } = await world();
  await pool.query(
    `insert into campaign_reports (campaign_id, machines, report, counted_at, took_ms)
     values ($1, false, '{"totals": 5}', $2, 90000)`,
    [campaign.id, new Date(0)],
  );
  const asked = ask();
  await begun(counting, 1);
  counting[0]!.resolve(reportOf(3));
  expect(await asked).toMatchObject({ sent: 3 });
});
