import { zoneSchema } from '@perennial/conditions';
import { z } from 'zod';
import { defineBlock, type BlockText } from '../block.ts';
import { UNITS } from '../duration/duration-text.ts';
import { lengthSchema, lengthText } from '../duration/length.ts';
import type { Names } from '../names.ts';
import { isReference, parameter, referenceText } from '../parameter/parameter.ts';
import { readTimeOfDay } from '../time-of-day.ts';

const weekdays = z
  .array(z.int().min(1).max(7), { error: 'expected ISO weekdays, 1 is Monday' })
  .min(1)
  .max(7)
  .refine((days) => new Set(days).size === days.length, { error: 'names a weekday twice' });

const time = parameter(
  z.string().refine((text) => readTimeOfDay(text) !== undefined, {
    error: 'expected a time such as "09:30"',
  }),
);

const until = z
  .strictObject({
    weekdays: weekdays.optional(),
    time: time.optional(),
    /** Default: the workspace's. */
    zone: zoneSchema.optional(),
  })
  .refine((settings) => settings.weekdays !== undefined || settings.time !== undefined, {
    error: 'expected weekdays, a time, or both',
  });

const settings = z.strictObject({
  /** A day is 24 hours, a month a calendar month. */
  wait: lengthSchema.optional(),
  until: until.optional(),
});

type Settings = z.output<typeof settings>;

function sentence({ wait, until }: Settings, names: Names): BlockText {
  const values = { ...waitValues(wait), ...untilValues(until, names) };
  const parts = [wait && 'wait', until?.weekdays && 'days', until?.time && 'time'].filter(Boolean);
  return { id: `block.timer.${parts.join('_') || 'empty'}`, values };
}

function waitValues(wait: Settings['wait']): Record<string, string | number> {
  return wait ? lengthText(wait) : {};
}

function untilValues(until: Settings['until'], names: Names): Record<string, string> {
  if (!until) return {};
  return {
    ...(until.weekdays && { days: names.weekdays(until.weekdays) }),
    ...(until.time && {
      time: isReference(until.time) ? referenceText(until.time) : until.time,
    }),
    zone: until.zone ?? 'workspace',
  };
}

const ZONE =
  '{zone, select, workspace {} contact {, in the contact’s time zone} other {, {zone} time}}';

/** Waits a length of time, then, if asked, until a time of day on certain weekdays. */
export const timerBlock = defineBlock({
  type: 'timer',
  group: 'time',
  icon: 'clock-pause',
  label: 'Timer',
  settings,
  exits: () => ['next', 'failed'],
  waiting: true,
  onFailure: 'end',
  sentence,
  defaults: () => ({ wait: { n: 1, unit: 'day' } }),
  problems: ({ wait, until }) =>
    wait || until ? [] : [{ path: '', message: 'A timer needs `wait`, `until`, or both.' }],
  texts: {
    label: 'Timer',
    empty: 'Choose how long to wait',
    wait: `Wait {amount} ${UNITS}`,
    wait_days: `Wait {amount} ${UNITS}, then until {days}${ZONE}`,
    wait_time: `Wait {amount} ${UNITS}, then until {time}${ZONE}`,
    wait_days_time: `Wait {amount} ${UNITS}, then until {days} at {time}${ZONE}`,
    days: `Wait until {days}${ZONE}`,
    time: `Wait until {time}${ZONE}`,
    days_time: `Wait until {days} at {time}${ZONE}`,
  },
});
