import { parseMailbox } from '@perennial/channels/providers';
import { textOf } from '../rendering/text-of.ts';
import { EMAIL, type Found, type MessageCheck } from './check.ts';

/** Their owners tell everybody to refuse mail that names them and does not come from them (DMARC). */
const MAILBOX_PROVIDERS = new Set(
  (
    'gmail.com googlemail.com yahoo.com ymail.com rocketmail.com outlook.com hotmail.com live.com msn.com ' +
    'icloud.com me.com mac.com aol.com gmx.de gmx.net web.de proton.me protonmail.com ukr.net i.ua meta.ua ' +
    'mail.ru bk.ru inbox.ru list.ru yandex.ru ya.ru rambler.ru seznam.cz wp.pl o2.pl onet.pl'
  ).split(' '),
);

/** Whom it is from, if it says so itself. */
export const sender: MessageCheck = {
  key: 'sender',
  channels: EMAIL,
  find: ({ rendered }) =>
    ['from', 'reply_to'].flatMap((name): Found[] => {
      const text = textOf(rendered, name).trim();
      if (!text) return [];
      const path = `/${name}`;
      const mailbox = parseMailbox(text);
      if (!mailbox) {
        const message = `“${text.slice(0, 80)}” is no e-mail address: nothing can be sent.`;
        const advice = 'Write an address, or a name with one: Name <address>.';
        return [{ severity: 'error', path, message, advice }];
      }
      const domain = mailbox.address.split('@').at(-1)!.toLowerCase();
      if (name !== 'from' || !MAILBOX_PROVIDERS.has(domain)) return [];
      const message = `It says it is from ${domain}, whose owner has others refuse what does not come from there.`;
      const advice = 'Send from a domain of your own; put this address into Reply to.';
      return [{ severity: 'error', path, message, advice }];
    }),
};
