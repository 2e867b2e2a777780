import type { pagePreviewRequestSchema } from '@perennial/contracts';
import type { z } from 'zod';
import { listCategories } from '../../../categories/index.ts';
import type { Db } from '../../../db/index.ts';
import type { WorkspaceRef } from '../../../http/index.ts';
import { listChannelsInUse } from '../../../messages/index.ts';
import { categoryWords } from '../category-words.ts';
import type { OfferedChannel } from '../offered-channels.ts';
import {
  confirmPage,
  invalidPage,
  pausedPage,
  preferencesPage,
  savedPage,
  sayingPage,
  unsubscribedPage,
  unsubscribePage,
  type Offer,
  type Reader,
} from '../pages.ts';
import { withChange } from './change-pages.ts';
import { readPageLook } from './page-look.ts';
import { pauseEnd } from './pause-end.ts';
import { findLogo } from './queries.ts';

type Request = z.output<typeof pagePreviewRequestSchema>;

/** A page as somebody who does not exist would see it, with a draft of how it looks. */
export async function previewPage(
  db: Db,
  { workspace, request, now }: { workspace: WorkspaceRef; request: Request; now: Date },
): Promise<string> {
  const { language, scheme, page } = request;
  const look = withChange(await readPageLook(db, { workspaceId: workspace.id }), request);
  const reader: Reader = {
    language,
    address: 'o•••@example.com',
    workspace: workspace.name,
    timeZone: workspace.timeZone,
    restsUntil: undefined,
    look,
    logo: look.logo ? await inline(db, look.logo.hash) : undefined,
    scheme,
  };
  const offered = await offerOf(db, { workspaceId: workspace.id, language });
  const offer = look.theme.offer_channels ? offered : { ...offered, channels: [] };
  const until = pauseEnd(look, now);
  return PAGES[page](reader, { offer, until }).html;
}

interface Sample {
  offer: Offer;
  until: Date;
}

/** Links of a preview lead nowhere. */
const NOWHERE = { confirm: '#', preferences: '#' };

const PAGES: Record<Request['page'], (reader: Reader, sample: Sample) => { html: string }> = {
  unsubscribe: (reader) => unsubscribePage(reader, NOWHERE),
  unsubscribed: (reader) => unsubscribedPage(reader, NOWHERE),
  preferences: (reader, { offer }) =>
    preferencesPage({ ...reader, standing: 'subscribed' }, { ...offer, ...NOWHERE }),
  saved: (reader) => savedPage({ ...reader, standing: 'subscribed' }, NOWHERE),
  paused: (reader, sample) => pausedPage(reader, { ...sample, ...NOWHERE }),
  confirm: (reader) => confirmPage(reader),
  confirmed: (reader) => sayingPage('confirmed', reader),
  invalid: ({ language, scheme }) => invalidPage(language, { scheme }),
};

/** The workspace's own topics; of its channels those that people know by an address, too. */
async function offerOf(
  db: Db,
  { workspaceId, language }: { workspaceId: number; language: string },
): Promise<Offer> {
  const categories = await listCategories(db, { workspaceId });
  const used = await listChannelsInUse(db, { workspaceId });
  const channel = (
    key: OfferedChannel['key'],
    state: OfferedChannel['state'],
    address?: string,
  ): OfferedChannel => ({ key, state, address, addresses: { on: [], off: [] } });
  const channels = [
    channel('email', 'on', 'o•••@example.com'),
    channel('sms', 'off', '+38•••42'),
    channel('mobile_push', 'on'),
    channel('web_push', 'on'),
    channel('viber', 'on', '+38•••42'),
    channel('telegram', 'on'),
  ].filter(({ key }) => key === 'email' || used.includes(key));
  return {
    categories: categories.map((category, i) => ({
      key: category.key,
      ...categoryWords(category, [language]),
      subscribed: i % 2 === 0,
    })),
    channels: channels.length > 1 ? channels : [],
  };
}

/** A frame without an origin may load nothing from here. */
async function inline(db: Db, hash: string): Promise<string | undefined> {
  const found = await findLogo(db, { hash });
  return found && `data:${found.logo_type};base64,${found.logo.toString('base64')}`;
}
