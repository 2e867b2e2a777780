import { z } from 'zod';
import { dayOfInstant, startOfDay } from '../time/zones.ts';
import { zoneMember } from './parts.ts';
import type { PeriodDefinition } from './period.ts';

const schema = z.strictObject({ kind: z.literal('yesterday'), ...zoneMember });

/** The calendar day before the one that holds now. */
export const yesterday = {
  kind: 'yesterday',
  schema,
  zoned: true,
  range(_period, zone, now) {
    const day = dayOfInstant(now, zone);
    return { from: startOfDay(day - 1, zone), to: startOfDay(day, zone) };
  },
  span(_period, zone, instant) {
    const day = dayOfInstant(instant, zone);
    return { from: startOfDay(day + 1, zone), to: startOfDay(day + 2, zone) };
  },
  sentence: 'yesterday{zone}',
} satisfies PeriodDefinition<z.infer<typeof schema>>;
