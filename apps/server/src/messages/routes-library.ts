import {
  idParams,
  idSchema,
  listedVersionSchema,
  messageBulkResultSchema,
  messageBulkSchema,
  messageCopySchema,
  messageSchema,
  messageUsesSchema,
  messageVersionSchema,
  pageOf,
} from '@perennial/contracts';
import { z } from 'zod';
import { defineRoute, notFound, pageQuery, type ManageRoute } from '../http/index.ts';
import type { AroundMessages } from './library/around-messages.ts';
import { changeMany } from './library/change-many.ts';
import { copyMessage } from './library/copy-message.ts';
import { restoreVersion } from './library/restore-version.ts';
import { showVersions } from './library/show-versions.ts';
import { findVersion } from './library/version-queries.ts';
import type { RenderPool } from './rendering/render-pool.ts';
import { readMessage } from './save-message.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

const versionParams = z.object({
  id: idSchema,
  version: z.coerce.number().int().positive().max(2_147_483_647),
});

/** The calls by which messages are kept in order: versions, copies, uses, many at once. */
export function libraryRoutes(parts: {
  renderPool: RenderPool;
  around: AroundMessages;
}): ManageRoute[] {
  const uses = defineRoute({
    method: 'GET',
    url: '/messages/:id/uses',
    right: 'member',
    summary: 'What sends a message, and how often it was sent lately',
    params: idParams,
    response: messageUsesSchema,
    handler: async ({ db, now, workspace, params: { id } }) => {
      await readMessage(db, { workspaceId: workspace.id, id });
      const since = new Date(now.getTime() - 30 * DAY_MS);
      const found = await parts.around.findMessageUses(db, { workspaceId: workspace.id });
      const last = await parts.around.findLastSent(db, { messageIds: [id] });
      const sent = await parts.around.countSent(db, { messageId: id, since });
      return {
        uses: found.get(id) ?? [],
        last_sent_at: last.get(id) ?? null,
        sent: { since, ...sent },
      };
    },
  });

  const versions = defineRoute({
    method: 'GET',
    url: '/messages/:id/versions',
    right: 'member',
    summary: 'List the versions of a message, newest first, with what each changed',
    params: idParams,
    query: z.object(pageQuery(z.tuple([z.int()]))),
    response: pageOf(listedVersionSchema),
    handler: async ({ db, workspace, params: { id }, query }) => {
      await readMessage(db, { workspaceId: workspace.id, id });
      return showVersions(db, {
        messageId: id,
        before: query.cursor?.[0],
        // Each is compared with the one before: a page of hundreds would read them all.
        limit: Math.min(query.limit, 50),
      });
    },
  });

  const version = defineRoute({
    method: 'GET',
    url: '/messages/:id/versions/:version',
    right: 'member',
    summary: 'Read a version of a message with its content',
    params: versionParams,
    response: messageVersionSchema,
    handler: async ({ db, workspace, params: { id, version: number } }) => {
      await readMessage(db, { workspaceId: workspace.id, id });
      const found = await findVersion(db, { messageId: id, version: number });
      if (!found) throw notFound('version');
      return found;
    },
  });

  const restore = defineRoute({
    method: 'POST',
    url: '/messages/:id/versions/:version/restore',
    right: 'messages.write',
    summary: 'Make a new version with the content of an older one',
    params: versionParams,
    response: messageSchema,
    handler: ({ db, by, workspace, params }) =>
      restoreVersion(db, parts, { workspaceId: workspace.id, by, ...params }),
  });

  const copy = defineRoute({
    method: 'POST',
    url: '/messages/:id/copy',
    right: 'messages.write',
    summary: 'Make a message of the same, a template of it, or a message of a template',
    params: idParams,
    body: messageCopySchema,
    response: messageSchema,
    status: 201,
    example: { body: { name: 'Welcome, second try' } },
    handler: ({ db, by, workspace, params, body }) =>
      copyMessage(db, parts, { workspaceId: workspace.id, by, ...params, ...body }),
  });

  const bulk = defineRoute({
    method: 'POST',
    url: '/messages/bulk',
    right: 'messages.write',
    summary: 'Archive many messages, bring them back, or give them other tags',
    body: messageBulkSchema,
    response: messageBulkResultSchema,
    example: { body: { changes: [{ id: '1', tags: ['Spring'] }] } },
    handler: ({ db, by, workspace, body }) =>
      changeMany(db, parts, { workspaceId: workspace.id, by, ...body }),
  });

  return [uses, versions, version, restore, copy, bulk];
}
