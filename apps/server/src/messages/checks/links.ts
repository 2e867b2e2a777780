import { EMAIL, type Found, type MessageCheck } from './check.ts';
import { isDynamic } from './read-page.ts';
import { faultOf, type AddressFault } from './web-address.ts';

type Words = Pick<Found, 'severity' | 'message' | 'advice'>;

/** Links of the page whose address is wrong before anybody follows it. */
export const links: MessageCheck = {
  key: 'links',
  channels: EMAIL,
  find: ({ page, pagePath: path }) =>
    (page?.links ?? []).flatMap(({ href, text, hasImage }) => {
      const name = nameOf(text, hasImage);
      // An anchor that others lead to has no address, and no words either.
      if (href === undefined) return text.trim() || hasImage ? [{ path, ...noAddress(name) }] : [];
      if (isDynamic(href)) return [];
      const fault = faultOf(href);
      if (!fault) return [];
      return [{ path, ...linkWords[fault](name, href), ...(href && { piece: href }) }];
    }),
};

function nameOf(text: string, hasImage: boolean): string {
  const words = text.replace(/\s+/g, ' ').trim().slice(0, 60);
  if (words) return `The link “${words}”`;
  return hasImage ? 'The link around a picture' : 'A link';
}

function noAddress(name: string): Words {
  return {
    severity: 'error',
    message: `${name} has no address: a click does nothing.`,
    advice: 'Give it an address, or make it plain text.',
  };
}

const linkWords: Record<AddressFault, (name: string, href: string) => Words> = {
  empty: noAddress,
  nowhere: (name) => ({
    severity: 'error',
    message: `${name} leads to “#”, which is no page.`,
    advice: 'Replace # by the address that it is for.',
  }),
  script: (name) => ({
    severity: 'error',
    message: `${name} is a script. Mail programs remove it, and filters refuse messages with one.`,
    advice: 'Lead to a page instead, and let that page do it.',
  }),
  data: (name) => ({
    severity: 'error',
    message: `${name} holds its page in itself (data:). Mail programs do not open it.`,
    advice: 'Put the page on a web server and link to it.',
  }),
  relative: (name, href) => ({
    severity: 'error',
    message: `${name} leads to “${href.slice(0, 80)}”, which only means something on a web site.`,
    advice: 'Write the whole address, beginning with https://.',
  }),
  unparseable: (name, href) => ({
    severity: 'error',
    message: `${name} leads to “${href.slice(0, 80)}”, which is no web address.`,
    advice: 'Correct the address.',
  }),
  private: (name, href) => ({
    severity: 'error',
    message: `${name} leads to “${href.slice(0, 80)}”, which only your own network knows.`,
    advice: 'Use the public address.',
  }),
  plain: (name) => ({
    severity: 'warning',
    message: `${name} is not encrypted (http). Browsers warn of such pages.`,
    advice: 'Use https.',
  }),
};
