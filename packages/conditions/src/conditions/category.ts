import { z } from 'zod';
import { parseWith } from '../check/report.ts';
import type { ConditionType } from './condition-type.ts';

const EXPECTED = 'expected the key of a subscription category';

const schema = z.strictObject({
  type: z.literal('category'),
  category: z.string({ error: EXPECTED }).min(1, { error: EXPECTED }).max(63, { error: EXPECTED }),
});

/** Opted in to a subscription category. */
export type CategoryCondition = z.infer<typeof schema>;

/** Opted in to a subscription category. */
export const category: ConditionType<CategoryCondition> = {
  type: 'category',
  schema,
  check: (input, { report }) => parseWith(schema, input, report),
  compile:
    ({ category: key }) =>
    ({ categories }) => {
      const result = categories?.has(key) ?? false;
      return { result, values: () => ({ subscribed: result }) };
    },
  toSql: ({ category: key }, { sql }) => sql.sources.category?.(key) ?? 'false',
  need: () => undefined,
  canonical: ({ category: key }) => ({ type: 'category', category: key }),
  sentence: ({ category: key }, write) =>
    write.message('condition.category.sentence', { category: write.category(key) }),
  messages: { sentence: 'is subscribed to {category}' },
};
