import { resolveZone } from '@perennial/conditions';
import type { SettingsOf } from '../block.ts';
import { afterDuration } from '../duration/after-duration.ts';
import { readLength } from '../duration/length.ts';
import { fail, next, wait, type Outcome } from '../outcome.ts';
import { readParameter } from '../parameter/read-parameter.ts';
import { unreadable } from '../parameter/unreadable.ts';
import type { Step, StepContext, Visit } from '../step.ts';
import { readTimeOfDay } from '../time-of-day.ts';
import type { timerBlock } from './block.ts';
import { nextUntil } from './schedule.ts';

type Settings = SettingsOf<typeof timerBlock>;
type Read<Value> = { ok: true; value: Value } | { ok: false; reason: string };

/** The instant is fixed when the run comes to the timer; later changes of fields do not move it. */
export const timerStep: Step<Settings> = (visits, context) => {
  const untilOf = rememberUntil();
  return visits.map((visit) =>
    visit.waited ? next('next') : startWaiting(visit, context, untilOf),
  );
};

function startWaiting(
  visit: Visit<Settings>,
  context: StepContext,
  untilOf: typeof nextUntil,
): Outcome {
  const { until } = visit.settings;
  const zone = resolveZone(until?.zone ?? 'workspace', {
    now: context.now,
    workspaceZone: context.workspaceZone(visit.run),
    contactZone: context.contactZone(visit.run),
  });
  const length = visit.settings.wait && readLength(visit.settings.wait, visit.run, context);
  if (length && 'problem' in length) return fail(length.problem);
  const time = readTime(visit, context);
  if (!time.ok) return fail(time.reason);
  const waited = length ? afterDuration(context.now, length, zone) : context.now;
  const instant = until
    ? untilOf(waited, { zone, weekdays: until.weekdays, time: time.value })
    : waited;
  if (instant > context.now) return wait(instant);
  return next('next', { decidedBy: { until: new Date(instant).toISOString() } });
}

function readTime(
  { settings, run }: Visit<Settings>,
  context: StepContext,
): Read<number | undefined> {
  const time = settings.until?.time;
  if (time === undefined) return { ok: true, value: undefined };
  const found = readTimeOfDay(readParameter(time, run, context));
  if (found !== undefined) return { ok: true, value: found };
  return { ok: false, reason: unreadable('a time', time, readParameter(time, run, context)) };
}

/**
 * Runs of a batch wait for few different instants, and zone arithmetic costs 10 µs a call: an
 * instant found for one run is the answer for every later beginning up to it.
 */
function rememberUntil(): typeof nextUntil {
  const known = new Map<string, { from: number; to: number }[]>();
  return (from, until) => {
    const key = `${until.zone} ${until.weekdays?.join() ?? ''} ${until.time ?? ''}`;
    const ranges = known.get(key) ?? [];
    const found = ranges.find((range) => range.from <= from && from <= range.to);
    if (found && until.time !== undefined) return found.to;
    const to = nextUntil(from, until);
    known.set(key, [...ranges, { from, to }]);
    return to;
  };
}
