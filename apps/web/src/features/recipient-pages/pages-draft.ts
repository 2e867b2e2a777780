import { sameJson } from '../../app/same-json.ts';
import {
  LEAST_CONTRAST,
  PAGE_TEXT_KEYS,
  contrastOf,
  type LeavingReason,
  type PageColours,
  type PageLanguage,
  type PageTextKey,
  type PageTextOverrides,
  type PageTheme,
  type RecipientPages,
} from '@perennial/contracts';

/** What the editor changes. */
export interface PagesDraft {
  theme: PageTheme;
  texts: PageTextOverrides;
  reasons: DraftReason[];
}

/** A reason with what it was called when it was read, so that a new name keeps its count. */
export type DraftReason = LeavingReason & { id: number; saved?: string | undefined };

export function draftOf(pages: RecipientPages): PagesDraft {
  return {
    theme: pages.theme as PageTheme,
    texts: pages.texts,
    reasons: (pages.reasons as LeavingReason[]).map((reason, id) => ({
      ...reason,
      id,
      saved: reason.text,
    })),
  };
}

export interface PagesChange {
  theme?: PageTheme;
  texts?: PageTextOverrides;
  reasons?: LeavingReason[];
}

/** Only what differs, as the server takes it; null where nothing does. */
export function changeBetween(saved: PagesDraft, draft: PagesDraft): PagesChange | null {
  const change: PagesChange = {};
  if (differs(saved.theme, draft.theme)) change.theme = draft.theme;
  if (differs(saved.texts, draft.texts)) change.texts = draft.texts;
  const reasons = reasonsToSave(draft.reasons);
  if (differs(reasonsToSave(saved.reasons), reasons)) change.reasons = reasons;
  return Object.keys(change).length > 0 ? change : null;
}

function differs(one: unknown, other: unknown): boolean {
  return !sameJson(one, other);
}

/** Without empty ones; a renamed one remembers what it was called. */
export function reasonsToSave(reasons: readonly DraftReason[]): LeavingReason[] {
  return reasons
    .filter(({ text }) => text.trim() !== '')
    .map(({ text: typed, translations, formerly, saved }) => {
      const text = typed.trim();
      const former = saved !== undefined && saved !== text ? [saved] : [];
      const names = [...new Set([...formerly, ...former])].filter((name) => name !== text);
      const said = Object.entries(translations).filter(([, words]) => words.trim() !== '');
      return { text, translations: Object.fromEntries(said), formerly: names.slice(-20) };
    });
}

/** Positions of reasons whose text another one has before them. */
export function repeatedReasons(reasons: readonly DraftReason[]): Set<number> {
  const seen = new Set<string>();
  return new Set(
    reasons.flatMap(({ id, text }) => {
      const key = text.trim().toLowerCase();
      if (key === '') return [];
      if (seen.has(key)) return [id];
      seen.add(key);
      return [];
    }),
  );
}

/** An emptied text is ours again. */
export function withText(
  texts: PageTextOverrides,
  { language, key, text }: { language: PageLanguage; key: PageTextKey; text: string },
): PageTextOverrides {
  const own = { ...texts[language], [key]: text };
  const kept = PAGE_TEXT_KEYS.flatMap((each) => (own[each] ? [[each, own[each]] as const] : []));
  const { [language]: _former, ...others } = texts;
  return kept.length === 0 ? others : { ...others, [language]: Object.fromEntries(kept) };
}

export function withoutTexts(texts: PageTextOverrides, language: PageLanguage): PageTextOverrides {
  const { [language]: _former, ...others } = texts;
  return others;
}

const COLOUR = /^#[0-9a-f]{6}$/i;

export function isColour(text: string): boolean {
  return COLOUR.test(text);
}

export interface Contrast {
  /** Rounded down, so that what is shown as enough is. */
  ratio: number;
  least: number;
  isEnough: boolean;
}

/** Of text or accent with the background; undefined while one of them is no colour. */
export function contrastIn(
  colours: PageColours,
  name: keyof typeof LEAST_CONTRAST,
): Contrast | undefined {
  if (!isColour(colours[name]) || !isColour(colours.background)) return undefined;
  const ratio = contrastOf(colours[name], colours.background);
  const least = LEAST_CONTRAST[name];
  return { ratio: Math.floor(ratio * 10) / 10, least, isEnough: ratio >= least };
}
