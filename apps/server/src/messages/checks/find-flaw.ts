import { parseMailbox } from '@perennial/channels/providers';
import type { JsonObject } from '../../inbox/index.ts';
import { textOf } from '../rendering/text-of.ts';
import { hrefsOf } from '../rendering/tracked-links.ts';
import { subjectLines } from './subject-lines.ts';
import { faultOf } from './web-address.ts';

export interface Flaw {
  /** JSON pointer into the content. */
  path: string;
  message: string;
}

/** Without these the message says nothing. */
const NEEDED: Record<string, readonly string[]> = {
  email: ['subject'],
  mobile_push: ['title', 'body'],
  web_push: ['title', 'body'],
  app_inbox: ['title'],
  sms: ['text'],
  viber: ['text'],
  telegram: ['text'],
};

const LINK_FAULTS = {
  empty: 'A link has no address.',
  relative: 'A link has only half an address.',
  unparseable: 'A link leads to what is no web address.',
  script: 'A link is a script.',
} as const;

/** Why what was rendered for somebody should not be sent to them, though it could be. */
export function findFlaw(channel: string, content: JsonObject): Flaw | undefined {
  const empty = NEEDED[channel]?.find((name) => textOf(content, name).trim() === '');
  if (empty) return { path: `/${empty}`, message: `The ${empty} is empty.` };
  const nameless = subjectLines(content).find(({ text }) => text.trim() === '');
  if (nameless) return { path: nameless.path, message: `${nameless.name} is empty.` };
  if (channel !== 'email') return undefined;
  const from = textOf(content, 'from').trim();
  if (from && !parseMailbox(from)) {
    return { path: '/from', message: 'The sender is no e-mail address.' };
  }
  return flawedLink(textOf(content, 'html'));
}

function flawedLink(html: string): Flaw | undefined {
  for (const href of hrefsOf(html)) {
    const fault = faultOf(href);
    if (fault && Object.hasOwn(LINK_FAULTS, fault)) {
      return { path: '/html', message: LINK_FAULTS[fault as keyof typeof LINK_FAULTS] };
    }
  }
  return undefined;
}
