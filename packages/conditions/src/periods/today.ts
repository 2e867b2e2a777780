import { z } from 'zod';
import { dayOfInstant, startOfDay } from '../time/zones.ts';
import { zoneMember } from './parts.ts';
import type { PeriodDefinition } from './period.ts';

const schema = z.strictObject({ kind: z.literal('today'), ...zoneMember });

/** The calendar day that holds now, to its end. */
export const today = {
  kind: 'today',
  schema,
  zoned: true,
  range(_period, zone, now) {
    const day = dayOfInstant(now, zone);
    return { from: startOfDay(day, zone), to: startOfDay(day + 1, zone) };
  },
  sentence: 'today{zone}',
} satisfies PeriodDefinition<z.infer<typeof schema>>;
