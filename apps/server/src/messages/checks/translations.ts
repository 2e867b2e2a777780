import { textOf } from '../rendering/text-of.ts';
import type { Found, MessageCheck } from './check.ts';

/** Members by which a reader knows what it is about. */
const HEADLINES = ['subject', 'title'];

/** What a language lacks that the default one has. */
export const translations: MessageCheck = {
  key: 'translations',
  find({ language, defaultLanguage, drafts, draft }) {
    const original = drafts[defaultLanguage];
    if (language === defaultLanguage || !original) return [];
    const missing = Object.keys(original).filter(
      (name) => draft[name] === undefined && !OPTIONAL.has(name),
    );
    const found: Found[] = missing.map((name) => ({
      severity: 'warning',
      path: `/${name}`,
      message: `${defaultLanguage} has ${withArticle(name)}, ${language} has none.`,
      advice: 'Translate it.',
    }));
    const same = HEADLINES.find((name) => {
      const text = textOf(original, name);
      return /\p{L}/u.test(text.replace(/\{[{%][\s\S]*?[}%]\}/g, '')) && text === draft[name];
    });
    if (same) {
      found.push({
        severity: 'warning',
        path: `/${same}`,
        message: `The ${same} in ${language} is that of ${defaultLanguage}.`,
        advice: 'Translate it, or take the language out: its readers get the default one then.',
      });
    }
    return found;
  },
};

function withArticle(name: string): string {
  const words = name.replaceAll('_', ' ');
  return name.endsWith('s') ? words : `a ${words}`;
}

/** Of bodies one stands for the other, and a language may do with one subject. */
const OPTIONAL = new Set(['html', 'mjml', 'amp', 'design', 'raw_html', 'text', 'more_subjects']);
