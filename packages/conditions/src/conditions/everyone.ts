import { z } from 'zod';
import { parseWith } from '../check/report.ts';
import type { ConditionType } from './condition-type.ts';
import { never } from './never.ts';

const schema = z.strictObject({ type: z.literal('everyone') });

/** Every contact. */
export type EveryoneCondition = z.infer<typeof schema>;

/** Every contact. */
export const everyone: ConditionType<EveryoneCondition> = {
  type: 'everyone',
  schema,
  check: (input, { report }) => parseWith(schema, input, report),
  compile: () => () => ({ result: true, values: () => ({}), changesAt: never }),
  toSql: () => 'true',
  need: () => undefined,
  canonical: () => ({ type: 'everyone' }),
  sentence: (_condition, write) => write.message('condition.everyone.sentence'),
  messages: { sentence: 'is any contact' },
};
