import {
  changedContentBlockSchema,
  contentBlockChangeSchema,
  contentBlockPreviewRequestSchema,
  contentBlockPreviewSchema,
  contentBlockSchema,
  contentBlockUseSchema,
  contentBlockVersionSchema,
  idParams,
  newContentBlockSchema,
  pageOf,
} from '@perennial/contracts';
import { z } from 'zod';
import {
  defineRoute,
  nothing,
  pageFrom,
  pageQuery,
  Problem,
  type ManageRoute,
} from '../../http/index.ts';
import { tagNamesOf } from '../../tags/index.ts';
import { mayReadPersonal } from '../../users/index.ts';
import type { RenderPool } from '../rendering/render-pool.ts';
import { parametersOf } from './fill-parameters.ts';
import { previewBlock } from './preview-block.ts';
import { listBlocks, listBlockVersions, listUses } from './queries.ts';
import {
  changeBlock,
  createBlock,
  readBlock,
  removeBlock,
  type BlockWithTags,
} from './save-block.ts';

const bodyLimit = 4 * 1024 * 1024;

/** Calls about blocks that messages share. */
export function blockRoutes(parts: { renderPool: RenderPool }): ManageRoute[] {
  const list = defineRoute({
    method: 'GET',
    url: '/content_blocks',
    right: 'member',
    summary: 'List shared blocks by name',
    query: z.object({
      ...pageQuery(z.tuple([z.string(), z.int()])),
      search: z.string().max(200).optional(),
    }),
    response: pageOf(contentBlockSchema),
    handler: async ({ db, workspace, query: { limit, cursor, search } }) => {
      const rows = await listBlocks(db, {
        workspaceId: workspace.id,
        search,
        after: cursor,
        limit: limit + 1,
      });
      const tags = await tagNamesOf(db, { kind: 'content_block', ids: rows.map(({ id }) => id) });
      const page = pageFrom(rows, { limit, position: ({ name, id }) => [name.toLowerCase(), id] });
      return {
        ...page,
        items: page.items.map((row) => show({ ...row, tags: tags.get(row.id) ?? [] })),
      };
    },
  });

  const create = defineRoute({
    method: 'POST',
    url: '/content_blocks',
    right: 'messages.write',
    summary: 'Create a block that messages share',
    description:
      'Messages name it, in any of their texts, with what they give to it: ' +
      "`{% include 'button', label: 'Buy', url: event.url %}`.",
    body: newContentBlockSchema,
    bodyLimit,
    response: contentBlockSchema,
    status: 201,
    example: {
      body: {
        key: 'footer',
        name: 'Footer',
        content: {
          en: {
            html: '<a href="{{ unsubscribe_url }}">Unsubscribe</a>',
            text: 'Unsubscribe: {{ unsubscribe_url }}',
          },
        },
      },
    },
    handler: async ({ db, by, workspace, body }) =>
      show(await createBlock(db, parts, { workspaceId: workspace.id, by, ...body })),
  });

  const read = defineRoute({
    method: 'GET',
    url: '/content_blocks/:id',
    right: 'member',
    summary: 'Read a shared block',
    params: idParams,
    response: contentBlockSchema,
    handler: async ({ db, workspace, params }) =>
      show(await readBlock(db, { workspaceId: workspace.id, ...params })),
  });

  const change = defineRoute({
    method: 'PATCH',
    url: '/content_blocks/:id',
    right: 'messages.write',
    summary: 'Change a shared block, and with it the messages that have it',
    description:
      'Changed content is a new version. The job in `renewing` makes a new version of each message ' +
      'that has the block; one that cannot take it keeps what it had, and is named by the job. What ' +
      'is sent or being sent stays as it is, and so do campaigns that have started.',
    params: idParams,
    body: contentBlockChangeSchema,
    bodyLimit,
    response: changedContentBlockSchema,
    example: { body: { name: 'Footer of all mails' } },
    handler: async ({ db, by, workspace, params, body }) => {
      const of = { workspaceId: workspace.id, by, ...params, ...body };
      const { block, renewing } = await changeBlock(db, parts, of);
      return { ...show(block), renewing };
    },
  });

  const remove = defineRoute({
    method: 'DELETE',
    url: '/content_blocks/:id',
    right: 'messages.write',
    summary: 'Delete a shared block that nothing has in it',
    params: idParams,
    response: nothing,
    handler: async ({ db, by, workspace, params }) => {
      await removeBlock(db, { workspaceId: workspace.id, by, ...params });
      return undefined;
    },
  });

  const versions = defineRoute({
    method: 'GET',
    url: '/content_blocks/:id/versions',
    right: 'member',
    summary: 'List the versions of a shared block, newest first',
    params: idParams,
    response: pageOf(contentBlockVersionSchema),
    handler: async ({ db, workspace, params }) => {
      await readBlock(db, { workspaceId: workspace.id, ...params });
      return { items: await listBlockVersions(db, { blockId: params.id }), next_cursor: null };
    },
  });

  const uses = defineRoute({
    method: 'GET',
    url: '/content_blocks/:id/uses',
    right: 'member',
    summary: 'List the messages and blocks that have a shared block in them',
    description: 'Blocks first, then the newest 1,000 messages.',
    params: idParams,
    response: pageOf(contentBlockUseSchema),
    handler: async ({ db, workspace, params }) => {
      await readBlock(db, { workspaceId: workspace.id, ...params });
      return { items: await listUses(db, { blockId: params.id }), next_cursor: null };
    },
  });

  const preview = defineRoute({
    method: 'POST',
    url: '/content_blocks/:id/preview',
    right: 'member',
    summary: 'Render a shared block, or a draft of it',
    params: idParams,
    body: contentBlockPreviewRequestSchema,
    bodyLimit,
    response: contentBlockPreviewSchema,
    example: { body: { language: 'en' } },
    handler: ({ db, now, rights, workspace, params, body }) => {
      if (body.contact !== undefined && !mayReadPersonal(rights)) {
        throw new Problem('forbidden', {
          detail: 'Rendering for a contact takes the right contacts.read_personal.',
        });
      }
      return previewBlock(db, parts, { workspace, now, ...params, ...body });
    },
  });

  return [list, create, read, change, remove, versions, uses, preview];
}

/** With the names that its parts read and that includes may give. */
function show(block: BlockWithTags): BlockWithTags & { parameters: string[] } {
  const texts = Object.values(block.content).flatMap(({ mjml, html, text }) => [mjml, html, text]);
  return { ...block, parameters: parametersOf(texts.filter((text) => text !== undefined)) };
}
