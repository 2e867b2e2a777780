import { z } from 'zod';
import { parseWith, quoted } from '../check/report.ts';
import type { ConditionType } from './condition-type.ts';
import { never } from './never.ts';

const EXPECTED = 'expected the key of a subscription category';

const schema = z.strictObject({
  type: z.literal('category'),
  category: z.string({ error: EXPECTED }).min(1, { error: EXPECTED }).max(63, { error: EXPECTED }),
});

/** Opted in to a subscription category. */
export type CategoryCondition = z.infer<typeof schema>;

/** Opted in to a category: by the contact's word, or by its default for those who never chose. */
export const category: ConditionType<CategoryCondition> = {
  type: 'category',
  schema,
  check(input, { report, categories }) {
    const condition = parseWith(schema, input, report);
    if (!condition || !categories || categories(condition.category)) return condition;
    report.at('category').add(`there is no category ${quoted(condition.category)}`);
    return undefined;
  },
  compile:
    ({ category: key }) =>
    ({ categories }) => {
      const result = categories?.has(key) ?? false;
      return { result, values: () => ({ subscribed: result }), changesAt: never };
    },
  toSql: ({ category: key }, { sql }) => sql.sources.category?.(key) ?? 'false',
  need: (_condition, needs) => needs.categories(),
  canonical: ({ category: key }) => ({ type: 'category', category: key }),
  sentence: ({ category: key }, write) =>
    write.message('condition.category.sentence', { category: write.category(key) }),
  denial: ({ category: key }, write) =>
    write.message('condition.category.denial', { category: write.category(key) }),
  several(conditions, which, write) {
    const names = conditions.map(({ category: key }) => write.category(key));
    const categories = which === 'any' ? write.any(names) : write.all(names);
    return write.message(`condition.category.${which}`, { categories });
  },
  messages: {
    sentence: 'is subscribed to {category}',
    denial: 'is not subscribed to {category}',
    any: 'is subscribed to {categories}',
    none: 'is subscribed to none of {categories}',
  },
};
