import { idParams, newTagSchema, pageOf, tagSchema } from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction } from '../db/index.ts';
import { defineRoute, nothing, pageFrom, pageQuery, type ManageRoute } from '../http/index.ts';
import { createTag, deleteTag, renameTag } from './change-tags.ts';
import { listTags } from './queries.ts';

const list = defineRoute({
  method: 'GET',
  url: '/tags',
  right: 'member',
  summary: 'List tags by name',
  query: z.object({
    ...pageQuery(z.tuple([z.string(), z.int()])),
    search: z.string().max(50).optional(),
  }),
  response: pageOf(tagSchema),
  handler: async ({ db, workspace, query: { limit, cursor, search } }) => {
    const filter = { workspaceId: workspace.id, search, after: cursor, limit: limit + 1 };
    return pageFrom(await listTags(db, filter), { limit, position: (row) => [row.name, row.id] });
  },
});

const create = defineRoute({
  method: 'POST',
  url: '/tags',
  right: 'messages.write',
  summary: 'Make a tag',
  body: newTagSchema,
  response: tagSchema,
  status: 201,
  example: { body: { name: 'Onboarding' } },
  handler: ({ db, by, workspace, body }) =>
    inTransaction(db, (tx) => createTag(tx, { workspaceId: workspace.id, by, ...body })),
});

const rename = defineRoute({
  method: 'PATCH',
  url: '/tags/:id',
  right: 'settings.write',
  summary: 'Rename a tag',
  params: idParams,
  body: newTagSchema,
  response: tagSchema,
  example: { body: { name: 'Activation' } },
  handler: ({ db, by, workspace, params, body }) =>
    inTransaction(db, (tx) => renameTag(tx, { workspaceId: workspace.id, by, ...params, ...body })),
});

const remove = defineRoute({
  method: 'DELETE',
  url: '/tags/:id',
  right: 'settings.write',
  summary: 'Delete a tag, and take it off everything that has it',
  params: idParams,
  response: nothing,
  handler: async ({ db, by, workspace, params }) => {
    await inTransaction(db, (tx) => deleteTag(tx, { workspaceId: workspace.id, by, ...params }));
    return undefined;
  },
});

export const tagRoutes: ManageRoute[] = [list, create, rename, remove];
