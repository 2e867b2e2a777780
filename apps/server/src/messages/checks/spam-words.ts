import { EMAIL, type Found, type MessageCheck } from './check.ts';
import { SPAM_PHRASES } from './spam-phrases.ts';
import { subjectLines } from './subject-lines.ts';

/** So many different ones in the text are a pattern; fewer may well be what it is about. */
const MANY = 3;
const MOST_NAMED = 5;
const MOST_READ = 100_000;

/** Phrases that filters and readers know from spam. */
export const spamWords: MessageCheck = {
  key: 'spam_words',
  channels: EMAIL,
  find({ rendered, page, pagePath }) {
    const found: Found[] = [];
    for (const { text, path, name } of subjectLines(rendered)) {
      const inSubject = phrasesIn(text);
      if (inSubject.length === 0) continue;
      found.push({
        severity: 'warning',
        path,
        message: `${name} has words that spam is known by: ${named(inSubject)}.`,
        advice: 'Say it plainly: what is it, for whom, until when?',
        piece: inSubject[0]!,
      });
    }
    const inText = phrasesIn((page?.text ?? '').slice(0, MOST_READ));
    if (inText.length > 0) {
      found.push({
        severity: inText.length >= MANY ? 'warning' : 'hint',
        path: pagePath,
        message: `The text has words that spam is known by: ${named(inText)}.`,
        advice: 'One of them does no harm; several together may.',
        piece: inText[0]!,
      });
    }
    return found;
  },
};

function named(phrases: readonly string[]): string {
  const more = phrases.length - MOST_NAMED;
  const list = phrases.slice(0, MOST_NAMED).map((phrase) => `“${phrase}”`);
  return list.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** Each once, as it is written there. All lists are asked: texts mix languages. */
function phrasesIn(text: string): string[] {
  const found = new Map<string, string>();
  for (const [phrase] of text.matchAll(PATTERN)) {
    const key = phrase.toLowerCase().replace(/\s+/g, ' ');
    if (!found.has(key)) found.set(key, phrase);
  }
  return [...found.values()];
}

/** Whole words; a phrase before a shorter one that it begins with. */
const PATTERN = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${Object.values(SPAM_PHRASES)
    .flat()
    .toSorted((a, b) => b.length - a.length)
    .map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+'))
    .join('|')})(?![\\p{L}\\p{N}])`,
  'giu',
);
