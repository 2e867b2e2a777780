import type { alarmPreviewSchema, alarmRuleSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../db/index.ts';
import { bucketAt, sumIn, weeksBefore, type Bucket } from './buckets.ts';
import { judge, watchedShare, WEEKS } from './judge.ts';
import { readGaps } from './queries.ts';
import { readSeries } from './read-series.ts';

const DAY_MS = 86_400_000;
/** What is shown, and what is read before it to know what was usual then. */
const SHOWN_MS = 30 * DAY_MS;
const BEFORE_MS = (WEEKS * 7 + 1) * DAY_MS;

type Rule = z.output<typeof alarmRuleSchema>;
type Preview = z.output<typeof alarmPreviewSchema>;
type Point = Preview['points'][number];

/**
 * What a rule would have done in the last 30 days, judged period by period as the program judges them.
 * The running period is the last point, and judged only for too many.
 */
export async function previewAlarm(
  db: Db,
  { workspaceId, rule, zone, now }: { workspaceId: number; rule: Rule; zone: string; now: Date },
): Promise<Preview> {
  const first = bucketAt(now.getTime() - SHOWN_MS, rule.period, zone);
  const series = await readSeries(db, {
    workspaceId,
    series: rule.series,
    from: first.from - BEFORE_MS,
    to: now.getTime(),
  });
  const gaps = await readGaps(db);
  const knownSince = Math.min(Infinity, ...series.keys());
  const points: Point[] = [];
  for (
    let bucket = first;
    bucket.from < now.getTime();
    bucket = bucketAt(bucket.to, rule.period, zone)
  ) {
    const history = earlier(bucket, { rule, zone, gaps, knownSince }).map((week) =>
      sumIn(series, week),
    );
    const value = sumIn(series, bucket);
    const watched = watchedShare(bucket, gaps);
    const { threshold, direction } = rule;
    const verdict = judge(value, { threshold, direction, history, watched });
    const running = bucket.to > now.getTime() && direction === 'below';
    points.push({
      from: new Date(bucket.from),
      to: new Date(bucket.to),
      value,
      ...verdict,
      fires: verdict.fires && !running,
    });
  }
  return { points, episodes: episodesOf(points, rule) };
}

/** When counting began: what lies before is unknown, not none. */
export async function knownSince(
  db: Db,
  { workspaceId, rule, now }: { workspaceId: number; rule: Rule; now: Date },
): Promise<Date> {
  const series = await readSeries(db, {
    workspaceId,
    series: rule.series,
    from: now.getTime() - BEFORE_MS,
    to: now.getTime(),
  });
  return new Date(Math.min(now.getTime(), ...series.keys()));
}

function earlier(
  bucket: Bucket,
  {
    rule,
    zone,
    gaps,
    knownSince: since,
  }: { rule: Rule; zone: string; gaps: Bucket[]; knownSince: number },
): Bucket[] {
  return Array.from({ length: WEEKS }, (_, i) =>
    weeksBefore(bucket, i + 1, rule.period, zone),
  ).filter((week) => week.from >= since && watchedShare(week, gaps) === 1);
}

/** Once for each stretch of numbers that fire, as the program would. */
function episodesOf(points: readonly Point[], { direction }: Rule): Preview['episodes'] {
  const episodes: Preview['episodes'] = [];
  let open: Preview['episodes'][number] | undefined;
  for (const { from, value, bound, fires, down } of points) {
    if (fires && !open) {
      open = { from, to: null, value, bound: bound! };
      episodes.push(open);
    }
    const unknown = bound === null || (down && direction === 'below');
    if (!fires && open && !unknown) {
      open.to = from;
      open = undefined;
    }
  }
  return episodes;
}
