import { readMoment, resolveZone } from '@perennial/conditions';
import type { SettingsOf } from '../block.ts';
import { shiftMoment } from '../duration/offset.ts';
import { fail, next, wait, type Outcome } from '../outcome.ts';
import { readParameter } from '../parameter/read-parameter.ts';
import { unreadable } from '../parameter/unreadable.ts';
import type { Step, StepContext, Visit } from '../step.ts';
import { readTimeOfDay } from '../time-of-day.ts';
import type { waitUntilBlock } from './block.ts';

type Settings = SettingsOf<typeof waitUntilBlock>;

/** The instant is fixed when the run comes here; later changes of fields do not move it. */
export const waitUntilStep: Step<Settings> = (visits, context) =>
  visits.map((visit) => (visit.waited ? next('next') : startWaiting(visit, context)));

function startWaiting({ run, settings }: Visit<Settings>, context: StepContext): Outcome {
  const { date, offset, at } = settings;
  const zone = resolveZone(settings.zone ?? 'workspace', {
    now: context.now,
    workspaceZone: context.workspaceZone(run),
    contactZone: context.contactZone(run),
  });
  const found = readParameter(date, run, context);
  const moment = readMoment(found);
  if (!moment) return fail(unreadable('a date', date, found));
  const time = at === undefined ? undefined : readParameter(at, run, context);
  const wanted = readTimeOfDay(time);
  if (at !== undefined && wanted === undefined) return fail(unreadable('a time', at, time));
  const instant = shiftMoment(moment, { offset, time: wanted, zone });
  if (instant > context.now) return wait(instant);
  return next('next', { decidedBy: { until: new Date(instant).toISOString() } });
}
