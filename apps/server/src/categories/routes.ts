import {
  categoryChangeSchema,
  categorySchema,
  idParams,
  newCategorySchema,
  pageOf,
} from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction, type Db } from '../db/index.ts';
import { defineRoute, nothing, type ManageRoute } from '../http/index.ts';
import { changeCategory, createCategory } from './change-categories.ts';
import { countSubscribed } from './count-subscribed.ts';
import { listCategories, type CategoryRow } from './queries.ts';

type Category = z.output<typeof categorySchema>;

async function present(
  db: Db,
  { workspaceId, rows }: { workspaceId: number; rows: CategoryRow[] },
): Promise<Category[]> {
  const counts = await countSubscribed(db, { workspaceId, categories: rows });
  return rows.map((row) => {
    const { subscribed, exact } = counts.get(row.id)!;
    return { ...row, subscribed, subscribed_exact: exact };
  });
}

async function presentOne(db: Db, workspaceId: number, row: CategoryRow): Promise<Category> {
  const [category] = await present(db, { workspaceId, rows: [row] });
  return category!;
}

const list = defineRoute({
  method: 'GET',
  url: '/categories',
  right: 'member',
  summary: 'List subscription categories in their order',
  description: 'With how many contacts are in each; beyond 10,000 the number is an estimate.',
  query: z.object({
    archived: z.stringbool().default(false).describe('With the archived ones.'),
  }),
  response: pageOf(categorySchema),
  handler: async ({ db, workspace, query: { archived } }) => {
    const workspaceId = workspace.id;
    const rows = await listCategories(db, { workspaceId, archived });
    return { items: await present(db, { workspaceId, rows }), next_cursor: null };
  },
});

const create = defineRoute({
  method: 'POST',
  url: '/categories',
  right: 'settings.write',
  summary: 'Create a subscription category',
  body: newCategorySchema,
  response: categorySchema,
  status: 201,
  example: { body: { key: 'offers', name: 'Offers', description: 'Sales and discounts.' } },
  handler: async ({ db, by, workspace, body }) => {
    const workspaceId = workspace.id;
    const row = await inTransaction(db, (tx) => createCategory(tx, { workspaceId, by, ...body }));
    return presentOne(db, workspaceId, row);
  },
});

/** What rooms to the right have that would miss a category. */
export interface CategoryRouteParts {
  findCategoryUses: (
    db: Db,
    of: { workspaceId: number; category: string },
  ) => Promise<{ name: string }[]>;
}

/** Calls about subscription categories. */
export function categoryRoutes({ findCategoryUses }: CategoryRouteParts): ManageRoute[] {
  const change = defineRoute({
    method: 'PATCH',
    url: '/categories/:id',
    right: 'settings.write',
    summary: 'Rename, describe, translate, order or archive a subscription category',
    description:
      'Key and default never change. An archived category is in nobody’s choice any more; what ' +
      'contacts said stays, and holds again with `"archived": false`. One that a segment asks for is ' +
      'not archived.',
    params: idParams,
    body: categoryChangeSchema,
    response: categorySchema,
    example: {
      body: { name: 'Offers and news', translations: { uk: { name: 'Пропозиції та новини' } } },
    },
    handler: async ({ db, by, workspace, params, body }) => {
      const workspaceId = workspace.id;
      const row = await inTransaction(db, (tx) =>
        changeCategory(tx, { workspaceId, id: params.id, by, ...body, findUses: findCategoryUses }),
      );
      return presentOne(db, workspaceId, row);
    },
  });

  const archive = defineRoute({
    method: 'DELETE',
    url: '/categories/:id',
    right: 'settings.write',
    summary: 'Archive a subscription category',
    description: 'The same as `PATCH` with `"archived": true`.',
    params: idParams,
    response: nothing,
    handler: async ({ db, by, workspace, params }) => {
      const findUses = findCategoryUses;
      const archiving = { workspaceId: workspace.id, id: params.id, archived: true, by, findUses };
      await inTransaction(db, (tx) => changeCategory(tx, archiving));
      return undefined;
    },
  });

  return [list, create, change, archive];
}
