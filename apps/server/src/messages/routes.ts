import {
  idParams,
  keySchema,
  messageChangeSchema,
  messagePageSchema,
  messagePreviewRequestSchema,
  messagePreviewSchema,
  messageSchema,
  newMessageSchema,
  tagNameSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { defineRoute, pageQuery, Problem, type ManageRoute } from '../http/index.ts';
import { mayReadPersonal } from '../users/index.ts';
import { nothingAround, type AroundMessages } from './library/around-messages.ts';
import { MESSAGE_SORTS, type MessageSort } from './library/list-messages.ts';
import { refuseUsed } from './library/refuse-used.ts';
import { showList } from './library/show-list.ts';
import { galleryRoutes } from './routes-gallery.ts';
import { libraryRoutes } from './routes-library.ts';
import { wordRoutes } from './routes-words.ts';
import { previewMessage } from './preview-message.ts';
import type { RenderPool } from './rendering/render-pool.ts';
import { changeMessage, createMessage, readMessage, type MessageWithTags } from './save-message.ts';

export interface MessageRouteParts {
  renderPool: RenderPool;
  /** Without it nothing uses messages, and none is sent. */
  around?: AroundMessages;
}

const sorts = MESSAGE_SORTS.flatMap((by) => [by, `-${by}`] as const);

/** The calls about messages; sending a test is a send's. */
export function messageRoutes({
  renderPool,
  around = nothingAround,
}: MessageRouteParts): ManageRoute[] {
  const parts = { renderPool };
  const list = defineRoute({
    method: 'GET',
    url: '/messages',
    right: 'member',
    summary: 'List messages',
    query: z.object({
      ...pageQuery(z.tuple([z.union([z.string(), z.number()]), z.int()])),
      channel: z.string().max(200).optional().describe('Several with commas between them.'),
      search: z
        .string()
        .max(200)
        .optional()
        .describe('A part of the name, of a tag or of what is written; or a key or ID.'),
      tag: tagNameSchema.optional(),
      category: keySchema.optional(),
      language: z.string().max(35).optional(),
      used: z
        .enum(['true', 'false'])
        .optional()
        .describe('By a workflow, or by a campaign that is not over.'),
      template: z.enum(['true', 'false', 'all']).default('false'),
      archived: z.enum(['true', 'false']).default('false'),
      content: z.enum(['true', 'false']).default('true').describe('Whether items have `content`.'),
      sort: z.enum(sorts).default('-created_at').describe('With `-` the greatest first.'),
    }),
    response: messagePageSchema,
    handler: ({ db, workspace, query }) => {
      const { channel, used, template, archived, content, sort, cursor, ...rest } = query;
      const descending = sort.startsWith('-');
      return showList(db, around, {
        ...rest,
        workspaceId: workspace.id,
        channels: channel?.split(','),
        used: used === undefined ? undefined : used === 'true',
        template: template === 'all' ? undefined : template === 'true',
        archived: archived === 'true',
        withContent: content === 'true',
        sort: (descending ? sort.slice(1) : sort) as MessageSort,
        descending,
        after: cursor,
      });
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
      if (rest.archived) await refuseUsed(db, around, { workspaceId: workspace.id, ...params });
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
    description: 'Refused while a workflow that is active, or a campaign under way, sends it.',
    params: idParams,
    query: z.object({
      force: z.enum(['true', 'false']).default('false').describe('Archives it nevertheless.'),
    }),
    response: messageSchema,
    handler: async ({ db, by, workspace, params, query }) => {
      const which = { workspaceId: workspace.id, ...params };
      if (query.force === 'false') await refuseUsed(db, around, which);
      return toView(
        await changeMessage(db, parts, {
          ...which,
          by,
          archived: true,
        }),
      );
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
      const { contact, content, event, run, data, language, subject, personalisation } = body;
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
        subject,
        content,
        personalisation,
        mayFetch: rights.has('messages.write'),
        event,
        run,
        data,
      });
    },
  });

  return [
    list,
    create,
    read,
    change,
    archive,
    preview,
    ...libraryRoutes({ renderPool, around }),
    ...galleryRoutes({ renderPool }),
    ...wordRoutes({ renderPool }),
  ];
}

function toView(message: MessageWithTags): z.output<typeof messageSchema> {
  return message;
}
