import { EMAIL, type Found, type MessageCheck } from './check.ts';
import { subjectLines, type SubjectLine } from './subject-lines.ts';

const FEWEST_LETTERS = 8;
const MOST_CAPITALS = 0.7;

/** How it is written rather than what: capitals, exclamation marks, made-up replies. */
export const marks: MessageCheck = {
  key: 'marks',
  channels: EMAIL,
  find({ rendered, page, pagePath }) {
    const found = subjectLines(rendered).flatMap(marksOf);
    const inText = page?.text.match(/!{2,}/g)?.length ?? 0;
    if (inText <= 2) return found;
    const message = `The text has ${inText} rows of exclamation marks.`;
    const advice = 'One mark says as much.';
    return [...found, { severity: 'warning', path: pagePath, message, advice }];
  },
};

function marksOf({ text, path, name }: SubjectLine): Found[] {
  const found: Found[] = [];
  const say = (message: string, advice: string): void => {
    found.push({ severity: 'warning', path, message, advice });
  };
  if (isShouted(text)) say(`${name} is in capitals, as spam is.`, 'Write it as a sentence.');
  if (/[!！¡].*[!！¡]/su.test(text)) {
    say(`${name} has several exclamation marks, as spam has.`, 'Keep one at most.');
  }
  if (/^\s*(?:re|fwd?|aw|wg|відп|ответ|пересл)\s*:/iu.test(text)) {
    say(
      `${name} pretends to be a reply or a forwarded message.`,
      'Take the “Re:” out: filters and laws against misleading subjects look at it.',
    );
  }
  if (/[$€₴£₽]{3,}/u.test(text)) {
    say(`${name} has a row of currency signs, as spam has.`, 'Name the price in figures.');
  }
  return found;
}

function isShouted(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  const cased = letters.filter((letter) => letter.toLowerCase() !== letter.toUpperCase());
  const capitals = cased.filter((letter) => letter === letter.toUpperCase());
  return cased.length >= FEWEST_LETTERS && capitals.length / cased.length > MOST_CAPITALS;
}
