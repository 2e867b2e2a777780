import { z } from 'zod';
import type { Range } from '../time/range.ts';
import { dayOfInstant, startOfDay } from '../time/zones.ts';
import { zoneMember } from './parts.ts';
import type { PeriodDefinition } from './period.ts';

const schema = z.strictObject({ kind: z.literal('today'), ...zoneMember });

/** The calendar day that holds now, to its end. */
export const today = {
  kind: 'today',
  schema,
  zoned: true,
  range: (_period, zone, now) => dayOf(now, zone),
  span: (_period, zone, instant) => dayOf(instant, zone),
  sentence: 'today{zone}',
} satisfies PeriodDefinition<z.infer<typeof schema>>;

function dayOf(instant: number, zone: string): Range {
  const day = dayOfInstant(instant, zone);
  return { from: startOfDay(day, zone), to: startOfDay(day + 1, zone) };
}
