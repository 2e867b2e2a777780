import type { Json } from '../../inbox/index.ts';
import type { Found, MessageCheck } from './check.ts';
import { isDynamic } from './read-page.ts';
import { faultOf } from './web-address.ts';

const MEMBERS = new Set(['link', 'image', 'icon']);

/** Addresses that a push, a card or a button opens or shows. Deep links of apps are theirs to know. */
export const targets: MessageCheck = {
  key: 'targets',
  channels: ['mobile_push', 'web_push', 'in_app', 'app_inbox', 'viber', 'telegram'],
  find: ({ draft }) =>
    addressesIn(draft, '').flatMap(({ path, address }): Found[] => {
      if (isDynamic(address)) return [];
      const fault = faultOf(address);
      if (!fault || fault === 'empty') return [];
      // Apps have paths of their own.
      if (fault === 'relative' && path.endsWith('/link')) return [];
      const shown = address.slice(0, 80);
      const advice = 'Correct the address; a web address begins with https://.';
      if (fault === 'plain') {
        const message = `“${shown}” is not encrypted (http): phones refuse such pictures and warn of such pages.`;
        return [{ severity: 'warning', path, message, advice: 'Use https.' }];
      }
      const message =
        fault === 'private'
          ? `“${shown}” is in your own network, where readers are not.`
          : `“${shown}” is no address that can be opened.`;
      return [{ severity: 'error', path, message, advice }];
    }),
};

function addressesIn(value: Json, path: string): { path: string; address: string }[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === 'string' && MEMBERS.has(name)
      ? [{ path: `${path}/${name}`, address: member }]
      : name === 'data'
        ? []
        : addressesIn(member, `${path}/${name}`),
  );
}
