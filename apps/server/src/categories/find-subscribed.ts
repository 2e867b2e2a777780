import type { Db } from '../db/index.ts';
import { listCategories, type CategoryRow } from './queries.ts';

/** By contact: the categories each is in, archived ones left out, in their order. */
export async function findSubscribed(
  db: Db,
  { workspaceId, contactIds }: { workspaceId: number; contactIds: readonly number[] },
): Promise<Map<number, CategoryRow[]>> {
  const categories = contactIds.length > 0 ? await listCategories(db, { workspaceId }) : [];
  if (categories.length === 0) return new Map();
  const choices = await readChoices(db, {
    contactIds,
    categoryIds: categories.map(({ id }) => id),
  });
  return new Map(
    contactIds.map((contactId) => [
      contactId,
      categories.filter(
        ({ id, default_subscribed }) => choices.get(choiceKey(contactId, id)) ?? default_subscribed,
      ),
    ]),
  );
}

/** Of these categories: key, name and what holds for contacts that never chose. */
export type CategoryRule = Pick<
  CategoryRow,
  'id' | 'key' | 'name' | 'default_subscribed' | 'archived_at'
>;

export interface Memberships {
  rules: Map<number, CategoryRule>;
  /** Nobody is in an archived category. */
  isIn(contactId: number, categoryId: number): boolean;
}

/** Who of these contacts is in which of these categories. Indexes: categories_pkey, category_choices_pkey. */
export async function findMemberships(
  db: Db,
  { contactIds, categoryIds }: { contactIds: readonly number[]; categoryIds: readonly number[] },
): Promise<Memberships> {
  if (contactIds.length === 0 || categoryIds.length === 0) {
    return { rules: new Map(), isIn: () => false };
  }
  const { rows } = await db.query<CategoryRule>({
    name: 'find_category_rules',
    text: `select id, key, name, default_subscribed, archived_at from categories
            where id = any($1::bigint[])
            order by position, id`,
    values: [categoryIds],
  });
  const rules = new Map(rows.map((row) => [row.id, row]));
  const choices = await readChoices(db, { contactIds, categoryIds });
  return {
    rules,
    isIn(contactId, categoryId) {
      const rule = rules.get(categoryId);
      if (rule?.archived_at !== null) return false;
      return choices.get(choiceKey(contactId, categoryId)) ?? rule.default_subscribed;
    },
  };
}

function choiceKey(contactId: number, categoryId: number): string {
  return `${contactId} ${categoryId}`;
}

async function readChoices(
  db: Db,
  { contactIds, categoryIds }: { contactIds: readonly number[]; categoryIds: readonly number[] },
): Promise<Map<string, boolean>> {
  const { rows } = await db.query<{
    contact_id: number;
    category_id: number;
    subscribed: boolean;
  }>({
    name: 'read_category_choices',
    text: `select contact_id, category_id, subscribed from category_choices
            where contact_id = any($1::bigint[]) and category_id = any($2::bigint[])`,
    values: [contactIds, categoryIds],
  });
  return new Map(rows.map((row) => [choiceKey(row.contact_id, row.category_id), row.subscribed]));
}
