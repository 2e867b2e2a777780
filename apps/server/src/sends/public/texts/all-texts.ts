import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { he } from './he.ts';
import type { PageTexts } from './page-texts.ts';
import { pt } from './pt.ts';
import { uk } from './uk.ts';

/** By language; a new one is a file and a line. */
export const allTexts = { ar, de, en, es, fr, he, pt, uk } as const satisfies Record<
  string,
  PageTexts
>;

export type PageLanguage = keyof typeof allTexts;

export const pageLanguages = Object.keys(allTexts) as PageLanguage[];
