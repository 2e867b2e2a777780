import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { he } from './he.ts';
import { PAGE_LANGUAGES, type PageLanguage } from '@perennial/contracts';
import type { PageTexts } from './page-texts.ts';
import { pt } from './pt.ts';
import { uk } from './uk.ts';

/** By language; a new one is a file, a line here, and its tag in the contract. */
export const allTexts: Readonly<Record<PageLanguage, PageTexts>> = {
  ar,
  de,
  en,
  es,
  fr,
  he,
  pt,
  uk,
};

export type { PageLanguage };

export const pageLanguages: readonly PageLanguage[] = PAGE_LANGUAGES;
