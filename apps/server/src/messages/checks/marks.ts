import { textOf } from '../rendering/text-of.ts';
import { EMAIL, type Found, type MessageCheck } from './check.ts';

const FEWEST_LETTERS = 8;
const MOST_CAPITALS = 0.7;

/** How it is written rather than what: capitals, exclamation marks, made-up replies. */
export const marks: MessageCheck = {
  key: 'marks',
  channels: EMAIL,
  find({ rendered, page, pagePath }) {
    const subject = textOf(rendered, 'subject');
    const found: Found[] = [];
    const say = (message: string, advice: string, path = '/subject'): void => {
      found.push({ severity: 'warning', path, message, advice });
    };
    if (isShouted(subject)) {
      say('The subject is in capitals, as spam is.', 'Write it as a sentence.');
    }
    if (/[!！¡].*[!！¡]/su.test(subject)) {
      say('The subject has several exclamation marks, as spam has.', 'Keep one at most.');
    }
    if (/^\s*(?:re|fwd?|aw|wg|відп|ответ|пересл)\s*:/iu.test(subject)) {
      say(
        'The subject pretends to be a reply or a forwarded message.',
        'Take the “Re:” out: filters and laws against misleading subjects look at it.',
      );
    }
    if (/[$€₴£₽]{3,}/u.test(subject)) {
      say('The subject has a row of currency signs, as spam has.', 'Name the price in figures.');
    }
    const inText = page?.text.match(/!{2,}/g)?.length ?? 0;
    if (inText > 2) {
      say(`The text has ${inText} rows of exclamation marks.`, 'One mark says as much.', pagePath);
    }
    return found;
  },
};

function isShouted(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  const cased = letters.filter((letter) => letter.toLowerCase() !== letter.toUpperCase());
  const capitals = cased.filter((letter) => letter === letter.toUpperCase());
  return cased.length >= FEWEST_LETTERS && capitals.length / cased.length > MOST_CAPITALS;
}
