import { findTextLinks, replaceLinks } from '../rendering/tracked-links.ts';
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
  if (unicode) return { parts: text.length <= 70 ? 1 : Math.ceil(text.length / 67), unicode };
  const length = signs.reduce((sum, sign) => sum + (GSM_TWICE.includes(sign) ? 2 : 1), 0);
  return { parts: length <= 160 ? 1 : Math.ceil(length / 153), unicode };
}

/** Of a link that leads through us, about: the address of the installation and a token. */
const TRACKED_LINK = 'x'.repeat(150);

function withTrackedLinks(text: string): string {
  const links = findTextLinks(text, { isOurs: () => false });
  return replaceLinks(text, links, () => TRACKED_LINK);
}

/** An SMS is paid for by the part. */
export const smsLength: MessageCheck = {
  key: 'sms_length',
  channels: ['sms'],
  find({ rendered }) {
    const written = textOf(rendered, 'text');
    const text = rendered['track_links'] === true ? withTrackedLinks(written) : written;
    const { parts, unicode } = smsParts(text);
    if (parts <= 1) return [];
    const message = `The text is sent, and paid for, as ${parts} messages${unicode ? ': a letter outside of the Latin alphabet of phones leaves 70 for each instead of 160' : ''}.`;
    const advice = 'Shorten it, if that is not meant.';
    return [{ severity: parts > 3 ? 'warning' : 'hint', path: '/text', message, advice }];
  },
};

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
