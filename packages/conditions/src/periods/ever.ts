import { z } from 'zod';
import { ALWAYS } from '../time/range.ts';
import { zoneMember } from './parts.ts';
import type { PeriodDefinition } from './period.ts';

const schema = z.strictObject({ kind: z.literal('ever'), ...zoneMember });

/** All of time. */
export const ever = {
  kind: 'ever',
  schema,
  zoned: false,
  range: () => ALWAYS,
  span: () => ALWAYS,
  sentence: 'at any time',
} satisfies PeriodDefinition<z.infer<typeof schema>>;
