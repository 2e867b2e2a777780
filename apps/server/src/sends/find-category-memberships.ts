import { findMemberships } from '../categories/index.ts';
import type { Db } from '../db/index.ts';
import type { CategoryMembership } from './gates/gate.ts';

/** Somebody, and the IDs of the categories of a message. */
export interface CategoryQuestion {
  contactId: number;
  categoryIds: readonly number[];
}

/** In the order of the questions; undefined where a message has no categories. */
export async function findCategoryMemberships(
  db: Db,
  { questions }: { questions: readonly CategoryQuestion[] },
): Promise<(CategoryMembership | undefined)[]> {
  const asked = questions.filter(({ categoryIds }) => categoryIds.length > 0);
  if (asked.length === 0) return questions.map(() => undefined);
  const { rules, isIn } = await findMemberships(db, {
    contactIds: [...new Set(asked.map(({ contactId }) => contactId))],
    categoryIds: [...new Set(asked.flatMap(({ categoryIds }) => categoryIds))],
  });
  return questions.map(({ contactId, categoryIds }) => {
    if (categoryIds.length === 0) return undefined;
    const keysOf = (ids: readonly number[]): string[] => ids.map((id) => rules.get(id)?.key ?? '');
    return {
      categories: keysOf(categoryIds),
      in: keysOf(categoryIds.filter((id) => isIn(contactId, id))),
    };
  });
}
