import {
  galleryContentSchema,
  galleryItemSchema,
  messagePreviewSchema,
  pageOf,
} from '@perennial/contracts';
import { z } from 'zod';
import { defineRoute, type ManageRoute } from '../http/index.ts';
import { findEntry, previewEntry } from './gallery/preview-entry.ts';
import { readGallery, type GalleryEntry } from './gallery/read-gallery.ts';
import type { RenderPool } from './rendering/render-pool.ts';

const NAMED_IN = 'en';

const keyParams = z.object({ key: z.string().max(63) });

/** The calls about the starting points that come with the program. */
export function galleryRoutes({ renderPool }: { renderPool: RenderPool }): ManageRoute[] {
  const list = defineRoute({
    method: 'GET',
    url: '/message_gallery',
    right: 'member',
    summary: 'List the messages that come with the program, to begin with',
    query: z.object({ language: z.string().max(35).optional() }),
    response: pageOf(galleryItemSchema),
    handler: async ({ query: { language = NAMED_IN } }) => {
      const entries = await readGallery();
      return { items: entries.map((entry) => toItem(entry, language)), next_cursor: null };
    },
  });

  const read = defineRoute({
    method: 'GET',
    url: '/message_gallery/:key',
    right: 'member',
    summary: 'Read what one of them says in a channel, in all its languages',
    params: keyParams,
    query: z.object({ channel: z.string().max(50).default('email') }),
    response: galleryContentSchema,
    handler: async ({ params, query: { channel } }) => {
      const entry = await findEntry(params.key);
      return { channel, content: entry.content[channel] ?? {} };
    },
  });

  const preview = defineRoute({
    method: 'GET',
    url: '/message_gallery/:key/preview',
    right: 'member',
    summary: 'Render one of them with made-up data',
    params: keyParams,
    query: z.object({
      channel: z.string().max(50).default('email'),
      language: z.string().max(35).default('en'),
    }),
    response: messagePreviewSchema,
    handler: async ({ now, workspace, params, query }) => ({
      ...(await previewEntry(renderPool, { workspace, now, ...params, ...query })),
      made_text: null,
      problems: [],
    }),
  });

  return [list, read, preview];
}

function toItem(entry: GalleryEntry, language: string): z.output<typeof galleryItemSchema> {
  const { key, transactional, languages, about, content } = entry;
  const { name, about: says } = about[language] ?? about[NAMED_IN]!;
  return { key, name, about: says, transactional, languages, channels: Object.keys(content) };
}
