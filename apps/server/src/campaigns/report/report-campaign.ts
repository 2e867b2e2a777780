import type { campaignReportSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Pool } from '../../db/index.ts';
import { factsOf, type AskedFacts } from './facts-of.ts';
import { countBySubject } from '../../sends/index.ts';
import { countBalance } from '../count-balance.ts';
import type { CampaignRow } from '../queries.ts';
import { variantsOf } from './count-variants.ts';
import {
  countLinks,
  countOverTime,
  lastFact,
  tallySends,
  type DelayRow,
} from './report-queries.ts';

type Report = Omit<z.output<typeof campaignReportSchema>, 'counted_at' | 'counting'>;

const MOST_LANGUAGES = 50;
const MOST_DOMAINS = 20;

/** How long a piece of time is, so that there are at most some dozens. */
const BUCKETS_MS = [300_000, 900_000, 3_600_000, 6 * 3_600_000, 86_400_000, 7 * 86_400_000];
const MOST_BUCKETS = 60;

/** What became of a campaign, counted from its sends and the facts told of them. */
export async function reportCampaign(
  db: Pool,
  {
    campaign,
    machines = false,
    withLinks = true,
  }: { campaign: CampaignRow; machines?: boolean; withLinks?: boolean },
): Promise<Report> {
  const asked = { ...(await factsOf(db, campaign)), machines };
  const { totals, outcomes, delays } = await tallySends(db, asked, {
    most: { language: MOST_LANGUAGES, domain: MOST_DOMAINS + 1, message: asked.messages.length },
    boundsMs: DELAYS_MS,
  });
  return {
    balance: await countBalance(db, { campaign }),
    totals,
    machines: { opened: totals.opened_by_machines, clicked: totals.clicked_by_machines },
    ...(await overTime(db, asked)),
    variants: await variantsOf(db, { campaign, asked, outcomes: outcomes.message }),
    subjects: await countBySubject(db, {
      workspaceId: campaign.workspace_id,
      of: { campaign: campaign.id, messages: asked.messages },
      from: asked.from,
    }),
    languages: outcomes.language,
    // Those of no address are no domain.
    domains: outcomes.domain.filter(({ name }) => name !== '').slice(0, MOST_DOMAINS),
    delays: delaysOf(delays),
    links: withLinks ? await countLinks(db, asked) : [],
  };
}

const MINUTE_MS = 60_000;
/** As people think of it: at once, over a coffee, this evening, tomorrow, at the weekend. */
const DELAYS_MS = [1, 5, 15, 60, 3 * 60, 12 * 60, 24 * 60, 3 * 24 * 60].map((n) => n * MINUTE_MS);

function delaysOf(found: readonly DelayRow[]): Report['delays'] {
  const known = new Map(found.map((row) => [row.n, row]));
  return [...DELAYS_MS, null].map((until, n) => ({
    until_ms: until,
    opened: known.get(n)?.opened ?? 0,
    clicked: known.get(n)?.clicked ?? 0,
  }));
}

/** Pieces in which nothing happened are there, too, so that a chart shows them. */
async function overTime(
  db: Pool,
  asked: AskedFacts,
): Promise<Pick<Report, 'over_time' | 'bucket_ms'>> {
  const last = await lastFact(db, asked);
  if (!last) return { over_time: [], bucket_ms: BUCKETS_MS[0]! };
  const span = last.getTime() - asked.from.getTime();
  const bucketMs = BUCKETS_MS.find((ms) => span / ms < MOST_BUCKETS) ?? BUCKETS_MS.at(-1)!;
  const found = await countOverTime(db, { ...asked, bucketMs });
  const known = new Map(found.map((bucket) => [bucket.n, bucket]));
  const pieces = Array.from({ length: Math.floor(span / bucketMs) + 1 }, (_, n) => {
    const { sent = 0, opened = 0, clicked = 0 } = known.get(n) ?? {};
    return { at: new Date(asked.from.getTime() + n * bucketMs), sent, opened, clicked };
  });
  return { over_time: pieces, bucket_ms: bucketMs };
}
