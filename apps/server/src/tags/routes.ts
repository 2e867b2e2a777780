import {
  idParams,
  mergedTagsSchema,
  mergeTagsSchema,
  newTagSchema,
  pageOf,
  restoreTagsSchema,
  tagSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction } from '../db/index.ts';
import { defineRoute, nothing, pageFrom, pageQuery, type ManageRoute } from '../http/index.ts';
import { createTag, deleteTag, renameTag } from './change-tags.ts';
import { mergeTags } from './merge-tags.ts';
import { listTags } from './queries.ts';
import { restoreTags } from './restore-tags.ts';

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

const merge = defineRoute({
  method: 'POST',
  url: '/tags/merge',
  right: 'settings.write',
  summary: 'Make one tag of several: everything that has one of them has the one that stays',
  body: mergeTagsSchema,
  response: mergedTagsSchema,
  example: { body: { tags: ['2', '3'], into: '1', preview: true } },
  handler: ({ db, by, workspace, body }) =>
    inTransaction(db, (tx) => mergeTags(tx, { workspaceId: workspace.id, by, ...body })),
});

const restore = defineRoute({
  method: 'POST',
  url: '/tags/restore',
  right: 'settings.write',
  summary: 'Bring back tags that were deleted or merged within the last 30 days',
  body: restoreTagsSchema,
  response: pageOf(tagSchema),
  example: { body: { tags: ['2'] } },
  handler: async ({ db, by, workspace, body }) => ({
    items: await inTransaction(db, (tx) =>
      restoreTags(tx, { workspaceId: workspace.id, by, ids: body.tags }),
    ),
    next_cursor: null,
  }),
});

export const tagRoutes: ManageRoute[] = [list, create, rename, remove, merge, restore];
