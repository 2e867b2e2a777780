import type { Activity, ConsentEvent } from '@perennial/contracts';
import type { Say } from '../../app/text.tsx';
import { channelStatusLook } from './contact-status.ts';

type Said = Pick<ConsentEvent, 'what' | 'lifted' | 'subscribed' | 'unsubscribed'>;

interface Names {
  t: Say;
  /** Categories by their keys, as one text. */
  listOf: (keys: string[]) => string;
  channel: string | null;
}

/** What somebody said about being written to, as a sentence. */
export function consentSentence(
  { what, lifted, subscribed, unsubscribed }: Said,
  { t, listOf, channel }: Names,
): string {
  if (what === 'categories') {
    const kind =
      subscribed.length === 0 ? 'out' : unsubscribed.length === 0 ? 'in' : ('both' as const);
    return t(`contacts.consent.categories.${kind}`, {
      in: listOf(subscribed),
      out: listOf(unsubscribed),
    });
  }
  const reason =
    what === 'lifted'
      ? t(channelStatusLook(lifted as 'unsubscribed').text).toLocaleLowerCase()
      : '';
  return t(`contacts.consent.${what}`, { channel, reason });
}

const states = ['bounced', 'blocked', 'blacklisted', 'lifted', 'withdrawn', 'paused'] as const;

/** The same of a fact; undefined: its values are masked. */
export function saidByFact({
  type,
  details,
}: Pick<Activity, 'type' | 'details'>): Said | undefined {
  const [subscribed, unsubscribed] = [details.subscribed, details.unsubscribed].map(textsOf);
  const said = { lifted: textOf(details.lifted), subscribed, unsubscribed };
  if (type === 'SubscriptionConfirmed') {
    return { ...said, subscribed: [], unsubscribed: [], what: 'confirmed' };
  }
  const what = states.find((state) => state === details.status);
  if (what) return { ...said, subscribed: [], unsubscribed: [], what };
  if (!subscribed || !unsubscribed) return undefined;
  return { ...said, subscribed, unsubscribed, what: 'categories' };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function textsOf(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}
