import { EMAIL, type MessageCheck } from './check.ts';
import { isDynamic } from './read-page.ts';
import { hostOf } from './web-address.ts';

/** Text that is an address and nothing else. */
const ADDRESS = /^(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?:[/?#:]\S*)?$/u;

/** A link that shows one place and leads to another is how phishing looks. */
export const linkText: MessageCheck = {
  key: 'link_text',
  channels: EMAIL,
  find: ({ page, pagePath: path }) =>
    (page?.links ?? []).flatMap(({ href = '', text }) => {
      const shown = ADDRESS.exec(text.trim())?.[1]?.toLowerCase();
      const host = isDynamic(href) ? undefined : hostOf(href);
      if (!shown || !host || isSameSite(shown, host)) return [];
      const message = `A link shows “${shown}” and leads to “${host}”. Mail programs take that for phishing.`;
      const advice = 'Show what it is about in words, or lead to the place that it shows.';
      return [{ severity: 'warning' as const, path, message, advice, piece: href }];
    }),
};

function isSameSite(shown: string, host: string): boolean {
  const [a, b] = [shown, host].map((name) => name.replace(/^www\./, '')) as [string, string];
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}
