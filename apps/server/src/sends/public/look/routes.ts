import {
  newLogoSchema,
  pagePreviewRequestSchema,
  pagePreviewSchema,
  recipientPagesChangeSchema,
  recipientPagesSchema,
} from '@perennial/contracts';
import type { z } from 'zod';
import { inTransaction, type Db } from '../../../db/index.ts';
import { defineRoute, type ManageRoute } from '../../../http/index.ts';
import { changePages } from './change-pages.ts';
import { defaultTexts, readPageLook } from './page-look.ts';
import { previewPage } from './preview-page.ts';
import { readLogo, saveLogo } from './save-logo.ts';

type View = z.output<typeof recipientPagesSchema>;

async function readView(db: Db, { workspaceId }: { workspaceId: number }): Promise<View> {
  const { theme, texts, reasons, logo, updatedAt } = await readPageLook(db, { workspaceId });
  const shown = logo && { url: `/logo/${logo.hash}`, ...withoutHash(logo) };
  return { theme, texts, reasons, logo: shown, defaults: defaultTexts(), updated_at: updatedAt };
}

function withoutHash<Logo extends { hash: string }>({
  hash: _,
  ...logo
}: Logo): Omit<Logo, 'hash'> {
  return logo;
}

/** The calls about how recipients' pages look and what they say. */
export const pageRoutes: ManageRoute[] = [
  defineRoute({
    method: 'GET',
    url: '/recipient_pages',
    right: 'member',
    summary: "Read how recipients' pages look, and what they say",
    response: recipientPagesSchema,
    handler: ({ db, workspace }) => readView(db, { workspaceId: workspace.id }),
  }),
  defineRoute({
    method: 'PATCH',
    url: '/recipient_pages',
    right: 'settings.write',
    summary: "Change how recipients' pages look, their texts, or the reasons for leaving",
    body: recipientPagesChangeSchema,
    response: recipientPagesSchema,
    example: {
      body: {
        theme: { font: 'serif', radius: 4 },
        texts: { en: { 'ask.title': 'Leave us' } },
        reasons: [{ text: 'Too many messages', translations: { de: 'Zu viele Nachrichten' } }],
      },
    },
    handler: ({ db, by, workspace, body }) =>
      inTransaction(db, async (tx) => {
        await changePages(tx, { workspaceId: workspace.id, change: body, by });
        return readView(tx, { workspaceId: workspace.id });
      }),
  }),
  defineRoute({
    method: 'PUT',
    url: '/recipient_pages/logo',
    right: 'settings.write',
    summary: 'Put a logo on the pages of recipients',
    body: newLogoSchema,
    bodyLimit: 400_000,
    response: recipientPagesSchema,
    handler: ({ db, by, workspace, body }) => {
      const logo = readLogo(body.data);
      return inTransaction(db, async (tx) => {
        await saveLogo(tx, { workspaceId: workspace.id, logo, by });
        return readView(tx, { workspaceId: workspace.id });
      });
    },
  }),
  defineRoute({
    method: 'DELETE',
    url: '/recipient_pages/logo',
    right: 'settings.write',
    summary: 'Take the logo off the pages of recipients',
    response: recipientPagesSchema,
    handler: ({ db, by, workspace }) =>
      inTransaction(db, async (tx) => {
        await saveLogo(tx, { workspaceId: workspace.id, logo: null, by });
        return readView(tx, { workspaceId: workspace.id });
      }),
  }),
  defineRoute({
    method: 'POST',
    url: '/recipient_pages/preview',
    right: 'member',
    summary: 'Write a page as a recipient would see it, with a draft of how it looks',
    body: pagePreviewRequestSchema,
    response: pagePreviewSchema,
    example: { body: { page: 'preferences', language: 'uk', scheme: 'dark' } },
    handler: async ({ db, workspace, body, now }) => ({
      html: await previewPage(db, { workspace, request: body, now }),
    }),
  }),
];
