import { findTextLinks } from '../rendering/tracked-links.ts';
import { textOf } from '../rendering/text-of.ts';
import type { Found, MessageCheck } from './check.ts';
import { countCharacters } from './count-characters.ts';

/** Letters of the GSM 03.38 alphabet; those of the second row count twice. */
const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM_TWICE = '^{}\\[~]|€\f';

/** How many messages are charged for one text, by 3GPP TS 23.040. */
export function smsParts(text: string): { parts: number; unicode: boolean } {
  const signs = Array.from(text);
  const unicode = signs.some((sign) => !GSM.includes(sign) && !GSM_TWICE.includes(sign));
  const widthOf = (sign: string): number => {
    if (unicode) return sign.length;
    return GSM_TWICE.includes(sign) ? 2 : 1;
  };
  const [alone, joined] = unicode ? [70, 67] : [160, 153];
  return { parts: partsOf(signs.map(widthOf), alone, joined), unicode };
}

/** No sign is divided between two parts. */
function partsOf(widths: readonly number[], alone: number, joined: number): number {
  if (widths.reduce((sum, width) => sum + width, 0) <= alone) return 1;
  let [parts, used] = [1, 0];
  for (const width of widths) {
    if (used + width > joined) [parts, used] = [parts + 1, 0];
    used += width;
  }
  return parts;
}

/** An SMS is paid for by the part. */
export const smsLength: MessageCheck = {
  key: 'sms_length',
  channels: ['sms'],
  find({ rendered }) {
    const text = textOf(rendered, 'text');
    const { parts, unicode } = smsParts(text);
    if (parts <= 1) return [];
    const tracked = rendered['track_links'] === true ? lengthOfLinks(text) : 0;
    const why = [
      ...(unicode
        ? ['a letter outside of the Latin alphabet of phones leaves 70 for each instead of 160']
        : []),
      ...(tracked > 0 ? [`links that lead through us take ${tracked} characters`] : []),
    ];
    const message = `The text is sent, and paid for, as ${parts} messages${why.length > 0 ? `: ${why.join('; ')}` : ''}.`;
    const advice =
      tracked > 0
        ? 'Shorten it, or leave its links untracked, if that is not meant.'
        : 'Shorten it, if that is not meant.';
    return [{ severity: parts > 3 ? 'warning' : 'hint', path: '/text', message, advice }];
  },
};

function lengthOfLinks(text: string): number {
  const links = findTextLinks(text, { isOurs: () => false });
  return links.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** What phones show of a notification before they cut it. */
const SHOWN = { title: 50, body: 150 };

export const pushLength: MessageCheck = {
  key: 'push_length',
  channels: ['mobile_push', 'web_push'],
  find: ({ rendered }) =>
    Object.entries(SHOWN).flatMap(([name, most]): Found[] => {
      const length = countCharacters(textOf(rendered, name).trim());
      const path = `/${name}`;
      if (length === 0) {
        const message = `The ${name} is empty for a contact of whom nothing is known.`;
        const advice =
          'Give its variables a default: {{ contact.first_name | default: "friend" }}.';
        return [{ severity: 'error', path, message, advice }];
      }
      if (length <= most) return [];
      const message = `The ${name} has ${length} characters; phones show about ${most}.`;
      return [{ severity: 'hint', path, message, advice: 'Put first what matters.' }];
    }),
};
