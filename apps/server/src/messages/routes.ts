import {
  idParams,
  messageChangeSchema,
  messagePreviewRequestSchema,
  messagePreviewSchema,
  messageSchema,
  messageVersionSchema,
  newMessageSchema,
  pageOf,
} from '@perennial/contracts';
import { z } from 'zod';
import {
  defineRoute,
  notFound,
  pageFrom,
  pageQuery,
  Problem,
  type ManageRoute,
} from '../http/index.ts';
import { tagNamesOf } from '../tags/index.ts';
import { mayReadPersonal } from '../users/index.ts';
import { previewMessage } from './preview-message.ts';
import { findMessage, listMessages, listVersions } from './queries.ts';
import type { RenderPool } from './rendering/render-pool.ts';
import { changeMessage, createMessage, readMessage, type MessageWithTags } from './save-message.ts';

/** The calls about messages; sending a test is a send's. */
export function messageRoutes(parts: { renderPool: RenderPool }): ManageRoute[] {
  const list = defineRoute({
    method: 'GET',
    url: '/messages',
    right: 'member',
    summary: 'List messages, newest first',
    query: z.object({
      ...pageQuery(z.tuple([z.int()])),
      channel: z.string().max(50).optional(),
      search: z.string().max(200).optional(),
      archived: z.enum(['true', 'false']).default('false'),
    }),
    response: pageOf(messageSchema),
    handler: async ({ db, workspace, query }) => {
      const rows = await listMessages(db, {
        workspaceId: workspace.id,
        channel: query.channel,
        search: query.search,
        archived: query.archived === 'true',
        before: query.cursor?.[0],
        limit: query.limit + 1,
      });
      const tags = await tagNamesOf(db, { kind: 'message', ids: rows.map(({ id }) => id) });
      const page = pageFrom(rows, { limit: query.limit, position: ({ id }) => [id] });
      return {
        ...page,
        items: page.items.map((row) => toView({ ...row, tags: tags.get(row.id) ?? [] })),
      };
    },
  });

  const create = defineRoute({
    method: 'POST',
    url: '/messages',
    right: 'messages.write',
    summary: 'Create a message',
    body: newMessageSchema,
    bodyLimit: 8 * 1024 * 1024,
    response: messageSchema,
    status: 201,
    example: {
      body: {
        name: 'Welcome',
        channel: 'email',
        content: { en: { subject: 'Hi {{ contact.first_name }}', html: '<p>Welcome!</p>' } },
      },
    },
    handler: async ({ db, by, workspace, body }) => {
      const { content, ...rest } = body;
      return toView(
        await createMessage(db, parts, {
          workspaceId: workspace.id,
          by,
          ...rest,
          content,
        }),
      );
    },
  });

  const read = defineRoute({
    method: 'GET',
    url: '/messages/:id',
    right: 'member',
    summary: 'Read a message with its current content',
    params: idParams,
    response: messageSchema,
    handler: async ({ db, workspace, params }) =>
      toView(await readMessage(db, { workspaceId: workspace.id, ...params })),
  });

  const change = defineRoute({
    method: 'PATCH',
    url: '/messages/:id',
    right: 'messages.write',
    summary: 'Change a message; changed content is a new version',
    params: idParams,
    body: messageChangeSchema,
    bodyLimit: 8 * 1024 * 1024,
    response: messageSchema,
    example: { body: { name: 'Welcome back' } },
    handler: async ({ db, by, workspace, params, body }) => {
      const { content, ...rest } = body;
      return toView(
        await changeMessage(db, parts, {
          workspaceId: workspace.id,
          by,
          ...params,
          ...rest,
          content,
        }),
      );
    },
  });

  const archive = defineRoute({
    method: 'DELETE',
    url: '/messages/:id',
    right: 'messages.write',
    summary: 'Archive a message: it is sent no more, and what was sent stays readable',
    params: idParams,
    response: messageSchema,
    handler: async ({ db, by, workspace, params }) =>
      toView(
        await changeMessage(db, parts, {
          workspaceId: workspace.id,
          by,
          ...params,
          archived: true,
        }),
      ),
  });

  const versions = defineRoute({
    method: 'GET',
    url: '/messages/:id/versions',
    right: 'member',
    summary: 'List the versions of a message, newest first',
    params: idParams,
    response: pageOf(messageVersionSchema),
    handler: async ({ db, workspace, params }) => {
      const message = await findMessage(db, { workspaceId: workspace.id, ...params });
      if (!message) throw notFound('message');
      const items = await listVersions(db, { messageId: params.id });
      return { items, next_cursor: null };
    },
  });

  const preview = defineRoute({
    method: 'POST',
    url: '/messages/:id/preview',
    right: 'member',
    summary: 'Render a message, or a draft of it, as a contact would get it',
    params: idParams,
    body: messagePreviewRequestSchema,
    bodyLimit: 4 * 1024 * 1024,
    response: messagePreviewSchema,
    example: { body: { language: 'en', event: { plan: 'pro' } } },
    handler: ({ db, now, rights, workspace, params, body }) => {
      const { contact, content, event, run, data, language, personalisation } = body;
      // Who must not see a contact's data must not have it written into a message, either.
      if (contact !== undefined && !mayReadPersonal(rights)) {
        throw new Problem('forbidden', {
          detail: 'Rendering for a contact takes the right contacts.read_personal.',
        });
      }
      return previewMessage(db, parts, {
        workspace,
        now,
        ...params,
        contact,
        language,
        content,
        personalisation,
        mayFetch: rights.has('messages.write'),
        event,
        run,
        data,
      });
    },
  });

  return [list, create, read, change, archive, versions, preview];
}

function toView(message: MessageWithTags): z.output<typeof messageSchema> {
  return message;
}
