import { readMoment, zoneSchema } from '@perennial/conditions';
import { z } from 'zod';
import { defineBlock, type SettingsProblem } from '../block.ts';
import { UNITS } from '../duration/duration-text.ts';
import { offsetSchema, offsetText } from '../duration/offset.ts';
import { isReference, parameter, referenceText } from '../parameter/parameter.ts';
import { readTimeOfDay } from '../time-of-day.ts';

const settings = z.strictObject({
  /** A day (its first instant, or `at`), a local time, or an instant. */
  date: parameter(
    z.union([z.string(), z.number()]).refine((value) => readMoment(value) !== undefined, {
      error: 'expected a date such as "2026-05-01" or "2026-05-01T09:00:00Z"',
    }),
  ),
  /** Days before the date are negative. */
  offset: offsetSchema.optional(),
  /** The time of day, in the place of the date's own. */
  at: parameter(
    z.string().refine((text) => readTimeOfDay(text) !== undefined, {
      error: 'expected a time such as "09:30"',
    }),
  ).optional(),
  /** Of days, local times and months. Default: the workspace's. */
  zone: zoneSchema.optional(),
});

type Settings = z.output<typeof settings>;

function problems({ offset, at }: Settings): SettingsProblem[] {
  if (at === undefined || !offset || !['minute', 'hour'].includes(offset.unit)) return [];
  const message = 'With a time of day the offset is in days, weeks or months.';
  return [{ path: '/offset', message }];
}

/** Waits until a date that the event, a field or the drawing gives; one that is past passes at once. */
export const waitUntilBlock = defineBlock({
  type: 'wait_until',
  group: 'time',
  icon: 'calendar-time',
  label: 'Wait until',
  settings,
  exits: () => ['next', 'failed'],
  waiting: true,
  onFailure: 'end',
  sentence: ({ date, offset }) => ({
    id: `block.wait_until.${offset && offset.n !== 0 ? 'offset' : 'date'}`,
    values: {
      date: isReference(date) ? referenceText(date) : String(date),
      ...(offset && offsetText(offset)),
    },
  }),
  defaults: () => ({ date: { $event: 'date' } }),
  problems,
  texts: {
    label: 'Wait until',
    date: 'Wait until {date}',
    offset: `Wait until {amount} ${UNITS} {side, select, before {before} other {after}} {date}`,
  },
});
