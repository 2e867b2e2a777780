import { alarmRuleSchema } from '@perennial/contracts';
import { inTransaction, type Pool, type Tx } from '../db/index.ts';
import { appendWithin, LANES, type EventItem, type JsonObject } from '../inbox/index.ts';
import { bucketAt, sumIn, weeksBefore, type Bucket } from './buckets.ts';
import { judge, watchedShare, WEEKS, type Verdict } from './judge.ts';
import {
  appliedUntil,
  endEpisode,
  findOpenEpisodes,
  forgetGaps,
  insertEpisode,
  insertGap,
  lockDueAlarm,
  lockLooked,
  markJudged,
  markLooked,
  readGaps,
  type AlarmRow,
} from './queries.ts';
import { readSeries } from './read-series.ts';

const MINUTE_MS = 60_000;
/** The program looks every minute: more than this apart, it was down in between. */
const DOWN_AFTER_MS = 3 * MINUTE_MS;
/** What happened just before the end of a period is on its way for a moment. */
const GRACE_MS = 2 * MINUTE_MS;
/** Longer ago than this nobody asks whether the program ran. */
const GAPS_KEPT_MS = 60 * 24 * 60 * MINUTE_MS;
/** Periods judged in one transaction; after a long downtime the rest follow in the next. */
const MOST_BUCKETS = 50;

export interface WatchParts {
  pool: Pool;
  clock: () => Date;
}

/** Notes when the program ran, and judges every alarm that is due. */
export async function watchAlarms(parts: WatchParts): Promise<void> {
  await noteRunning(parts);
  while (await judgeNext(parts));
}

/** A time in which nobody looked is one in which the program was down. */
async function noteRunning({ pool, clock }: WatchParts): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const now = clock();
    const looked = await lockLooked(tx, { now });
    if (now.getTime() - looked.getTime() > DOWN_AFTER_MS) {
      await insertGap(tx, { from: looked, to: now });
      await forgetGaps(tx, { before: new Date(now.getTime() - GAPS_KEPT_MS) });
    }
    await markLooked(tx, { now });
  });
}

type Due = AlarmRow & { time_zone: string };

/** Everything that one look at an alarm needs. */
interface Look {
  alarm: Due;
  rule: ReturnType<typeof alarmRuleSchema.parse>;
  gaps: Bucket[];
  clock: () => Date;
  now: Date;
  /** Whether an episode goes on. */
  open: boolean;
}

/**
 * Judges the periods of one due alarm that are over, in their order, however many were missed. What it
 * finds, the event that tells of it, and how far it judged commit together. False: none is due.
 */
async function judgeNext({ pool, clock }: WatchParts): Promise<boolean> {
  return inTransaction(pool, async (tx) => {
    const now = clock();
    const alarm = await lockDueAlarm(tx, { now });
    if (!alarm) return false;
    const open = (await findOpenEpisodes(tx, { alarmIds: [alarm.id] })).has(alarm.id);
    const rule = alarmRuleSchema.parse(alarm.rule);
    const look: Look = { alarm, rule, gaps: await readGaps(tx), clock, now, open };
    const applied = await appliedUntil(tx, { workspaceId: alarm.workspace_id, now });
    const last = Math.min(applied, now.getTime() - GRACE_MS);
    let bucket = bucketOf(look, alarm.judged_until.getTime());
    for (let judged = 0; bucket.to <= last && judged < MOST_BUCKETS; judged += 1) {
      await decide(tx, look, bucket);
      bucket = bucketOf(look, bucket.to);
    }
    const isBehind = bucket.to <= last;
    if (!isBehind) await decideEarly(tx, look, bucket);
    const dueAt = isBehind ? now.getTime() : nextLook(look, bucket);
    await markJudged(tx, {
      id: alarm.id,
      judgedUntil: new Date(bucket.from),
      dueAt: new Date(dueAt),
    });
    return true;
  });
}

function bucketOf({ rule, alarm }: Look, instant: number): Bucket {
  return bucketAt(instant, rule.period, alarm.time_zone);
}

/** Too many is known before the period is over; too few is not. */
function nextLook({ rule, now }: Look, bucket: Bucket): number {
  const soon = now.getTime() + MINUTE_MS;
  const over = Math.max(soon, bucket.to + GRACE_MS);
  return rule.direction === 'above' ? Math.min(soon, over) : over;
}

/** A period that is over begins an episode, keeps it going, or ends it. */
async function decide(tx: Tx, look: Look, bucket: Bucket): Promise<void> {
  const { value, verdict } = await measure(tx, look, bucket);
  if (verdict.fires && !look.open) return raise(tx, look, { bucket, value, verdict });
  // What could not be judged ends nothing.
  const unknown = verdict.bound === null || (verdict.down && look.rule.direction === 'below');
  if (!verdict.fires && look.open && !unknown) await end(tx, look, { bucket, value, verdict });
}

async function decideEarly(tx: Tx, look: Look, bucket: Bucket): Promise<void> {
  if (look.rule.direction !== 'above' || look.open) return;
  const { value, verdict } = await measure(tx, look, bucket);
  if (verdict.fires) await raise(tx, look, { bucket, value, verdict });
}

interface Measured {
  bucket: Bucket;
  value: number;
  verdict: Verdict;
}

async function measure(tx: Tx, look: Look, bucket: Bucket): Promise<Measured> {
  const { rule, gaps } = look;
  const value = await countIn(tx, look, bucket);
  const history = rule.threshold.kind === 'usual' ? await historyOf(tx, look, bucket) : [];
  const { threshold, direction } = rule;
  const watched = watchedShare(bucket, gaps);
  return { bucket, value, verdict: judge(value, { threshold, direction, history, watched }) };
}

async function countIn(tx: Tx, { alarm, rule }: Look, bucket: Bucket): Promise<number> {
  const { workspace_id: workspaceId } = alarm;
  return sumIn(await readSeries(tx, { workspaceId, series: rule.series, ...bucket }), bucket);
}

/** The same hour or weekday of the last weeks, as far as it was known and the program ran. */
async function historyOf(tx: Tx, look: Look, bucket: Bucket): Promise<number[]> {
  const { alarm, rule, gaps } = look;
  const values: number[] = [];
  for (let week = 1; week <= WEEKS; week += 1) {
    const before = weeksBefore(bucket, week, rule.period, alarm.time_zone);
    const known = before.from >= alarm.known_since.getTime();
    if (known && watchedShare(before, gaps) === 1) values.push(await countIn(tx, look, before));
  }
  return values;
}

async function raise(tx: Tx, look: Look, measured: Measured): Promise<void> {
  const { alarm, now } = look;
  const { bucket, value, verdict } = measured;
  look.open = true;
  await insertEpisode(tx, {
    alarm_id: alarm.id,
    from_at: new Date(bucket.from),
    raised_at: now,
    value,
    bound: verdict.bound!,
    expected: verdict.expected,
  });
  await tell(tx, look, 'AlarmRaised', measured);
}

async function end(tx: Tx, look: Look, measured: Measured): Promise<void> {
  look.open = false;
  await endEpisode(tx, { alarmId: look.alarm.id, now: look.now });
  await tell(tx, look, 'AlarmEnded', measured);
}

/** An event like any other: it may start workflows, and webhooks are told of it. */
async function tell(
  tx: Tx,
  { alarm, rule, clock, now }: Look,
  event: 'AlarmRaised' | 'AlarmEnded',
  { bucket, value, verdict }: Measured,
): Promise<void> {
  const params: JsonObject = {
    alarm: String(alarm.id),
    name: alarm.name,
    level: alarm.level,
    series: alarm.rule.series as JsonObject,
    period: rule.period,
    direction: rule.direction,
    value,
    bound: verdict.bound,
    expected: verdict.expected,
    from: new Date(bucket.from).toISOString(),
    to: new Date(bucket.to).toISOString(),
  };
  const item: EventItem = {
    kind: 'event',
    ids: alarm.contact_id === null ? [] : [['contact', String(alarm.contact_id)]],
    event,
    params,
    key: String(alarm.id),
    at: now.getTime(),
    source: 'system',
    ownTime: true,
    messageId: `alarm-${alarm.id}-${bucket.from}-${event}`,
    createContact: false,
  };
  const { workspace_id: workspaceId } = alarm;
  await appendWithin(tx, { workspaceId, lane: LANES.stream, items: [item], clock });
}
