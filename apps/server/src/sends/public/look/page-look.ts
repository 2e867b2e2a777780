import {
  leavingReasonSchema,
  PAGE_LANGUAGES,
  PAGE_TEXT_KEYS,
  pageTextsSchema,
  pageThemeSchema,
  type LeavingReason,
  type PageLanguage,
  type PageTextKey,
  type PageTextOverrides,
  type PageTheme,
} from '@perennial/contracts';
import type { Db } from '../../../db/index.ts';
import { readSettings } from '../../../workspaces/index.ts';
import { allTexts } from '../texts/all-texts.ts';
import type { PageTexts } from '../texts/page-texts.ts';
import { ourTranslations } from '../texts/our-reasons.ts';
import { findPages, type PagesRow } from './queries.ts';

export interface PageLook {
  theme: PageTheme;
  texts: PageTextOverrides;
  reasons: LeavingReason[];
  logo: { hash: string; type: string; width: number; height: number; bytes: number } | null;
  updatedAt: Date | null;
}

/** How the pages of a workspace look where it chose nothing. */
export const USUAL_LOOK: PageLook = {
  theme: pageThemeSchema.parse({}),
  texts: {},
  reasons: [],
  logo: null,
  updatedAt: null,
};

export async function readPageLook(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<PageLook> {
  const row = await findPages(db, { workspaceId });
  const { unsubscribe_reasons: texts } = await readSettings(db, { workspaceId });
  return {
    ...USUAL_LOOK,
    ...(row && chosen(row)),
    reasons: texts.map((text) => reasonOf(text, row)),
  };
}

/** What no longer fits its schema counts as never chosen: a page is shown in any case. */
function chosen(row: PagesRow): Omit<PageLook, 'reasons'> {
  const theme = pageThemeSchema.safeParse(row.theme);
  const texts = pageTextsSchema.safeParse(row.texts);
  return {
    theme: theme.success ? theme.data : USUAL_LOOK.theme,
    texts: texts.success ? texts.data : {},
    logo: logoOf(row),
    updatedAt: row.updated_at,
  };
}

function logoOf({
  logo_hash: hash,
  logo_type: type,
  logo_width: width,
  logo_height: height,
  logo_bytes: bytes,
}: PagesRow): PageLook['logo'] {
  if (hash === null || type === null || width === null || height === null) return null;
  return { hash, type, width, height, bytes: bytes ?? 0 };
}

const NOTHING_MORE: Omit<LeavingReason, 'text'> = { translations: {}, formerly: [] };

function reasonOf(text: string, row: PagesRow | undefined): LeavingReason {
  const more = row && Object.hasOwn(row.reasons, text) ? row.reasons[text] : {};
  const whole = leavingReasonSchema.safeParse({ ...(more as object), text });
  const { translations, formerly } = whole.success ? whole.data : NOTHING_MORE;
  // One of ours is said in every language until the workspace says it otherwise.
  return { text, translations: { ...ourTranslations(text), ...translations }, formerly };
}

/** Our words, and over them those of the workspace. */
export function textsIn(language: PageLanguage, { texts }: Pick<PageLook, 'texts'>): PageTexts {
  const said = structuredClone(allTexts[language]);
  for (const [key, text] of Object.entries(texts[language] ?? {})) {
    const [page, name] = placeOf(key as PageTextKey);
    (said[page] as unknown as Record<string, unknown>)[name] = text;
  }
  return said;
}

/** Our words in every language, as the settings show them. */
export function defaultTexts(): Record<PageLanguage, Record<PageTextKey, string>> {
  const inLanguage = (language: PageLanguage) =>
    Object.fromEntries(
      PAGE_TEXT_KEYS.map((key) => {
        const [page, name] = placeOf(key);
        return [key, (allTexts[language][page] as unknown as Record<string, string>)[name] ?? ''];
      }),
    ) as Record<PageTextKey, string>;
  return Object.fromEntries(
    PAGE_LANGUAGES.map((language) => [language, inLanguage(language)]),
  ) as Record<PageLanguage, Record<PageTextKey, string>>;
}

type TextPage = Exclude<keyof PageTexts, 'direction' | 'privacy'>;

function placeOf(key: PageTextKey): [TextPage, string] {
  return key.split('.') as [TextPage, string];
}
