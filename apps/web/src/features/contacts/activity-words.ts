import type { Activity } from '@perennial/contracts';
import type { TextId } from '../../app/catalogue.ts';
import type { Say } from '../../app/text.tsx';
import { causeSentence } from '../segments/cause-word.ts';
import { consentSentence, saidByFact } from './consent-words.ts';
import { contactsTexts } from './texts.ts';

interface ActivityWords {
  title: string;
  detail: string | null;
  /** What does not fit on one line: each field that changed. */
  lines?: string[];
  /** Whom it is about besides this contact. */
  other?: string;
}

export interface FieldChange {
  field: string;
  from: unknown;
  to: unknown;
}

/** What a field is called by its key, and how its values are said. */
export interface FieldWords {
  label: (field: string) => string;
  value: (value: unknown) => string;
}

/** What else is said in the user's formats, and by the names of the workspace. */
export interface CardWords extends FieldWords {
  /** Categories by their keys, as one text. */
  categories: (keys: string[]) => string;
  channel: (key: string) => string;
  amount: (total: number, currency: string | null) => string;
  day: (at: string) => string;
}

/** Facts that the program itself writes, as sentences about the message or the contact. */
const facts: Record<string, TextId> = {
  MessageSent: 'contacts.activity.fact.MessageSent',
  MessageDelivered: 'contacts.activity.fact.MessageDelivered',
  MessageOpened: 'contacts.activity.fact.MessageOpened',
  MessageClicked: 'contacts.activity.fact.MessageClicked',
  MessageUndelivered: 'contacts.activity.fact.MessageUndelivered',
  MessageUnsubscribed: 'contacts.activity.fact.MessageUnsubscribed',
  MessageComplained: 'contacts.activity.fact.MessageComplained',
  ContactCreated: 'contacts.activity.fact.ContactCreated',
};

/** What to call one line of the history, and the little that goes under it. */
export function activityWords(item: Activity, t: Say, words: CardWords): ActivityWords {
  if (item.type === 'FieldChanged') return changeWords(changesOf(item.details), t, words);
  if (item.kind === 'send') return { title: item.name, detail: originOf(item.details, t) };
  if (item.kind === 'segment') return moveWords(item, t);
  const special = ownWords(item, t, words);
  if (special) return special;
  const fact = item.type ? facts[item.type] : undefined;
  if (!fact) return { title: item.name, detail: summaryOf(item.details) };
  return { title: t(fact, { name: item.name }), detail: factDetail(item, t) };
}

/** Facts that say more than a title; nothing where what they say is masked or not the program's. */
function ownWords(item: Activity, t: Say, words: CardWords): ActivityWords | undefined {
  if (item.kind === 'subscription') return consentWords(item, t, words);
  if (item.kind === 'order') return orderWords(item, t, words);
  if (item.type === 'ContactMerged') {
    return { title: withOther('contacts.activity.merged', item.details.merged, t), detail: null };
  }
  if (item.type !== 'ContactUnmerged') return undefined;
  const { from } = item.details;
  const title = withOther('contacts.activity.unmerged', from, t);
  return { title, detail: null, ...(isId(from) && { other: from }) };
}

/** A merged contact has no card of its own: its ID is what is left to say. */
function withOther(
  fact: 'contacts.activity.merged' | 'contacts.activity.unmerged',
  id: unknown,
  t: Say,
): string {
  return isId(id) ? t(`${fact}.with`, { id }) : t(fact);
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^\d+$/.test(value);
}

/** Who agreed to what, in their words, and when, if it was not when it arrived. */
function consentWords(item: Activity, t: Say, words: CardWords): ActivityWords {
  const { channel, text, address, details, decided_at: decided } = item.details;
  const said = saidByFact(item);
  if (!said) return { title: t('contacts.activity.consent'), detail: null };
  const channelName = typeof channel === 'string' ? words.channel(channel) : null;
  const title = consentSentence(said, { t, listOf: words.categories, channel: channelName });
  const parts = [
    typeof text === 'string' ? t('contacts.activity.quote', { text }) : null,
    address,
    details,
    isInstant(decided) ? t('contacts.activity.decided', { day: words.day(decided) }) : null,
  ];
  return { title, detail: joined(parts) };
}

/** An order in its new state, with its own day: that of arrival stands beside the line. */
function orderWords({ type, details }: Activity, t: Say, words: CardWords) {
  const { key, externalOrderId, totalCost: total, currency, date } = details;
  const id = `contacts.activity.order.${type?.replace(/^order/, '')}`;
  const order = key ?? externalOrderId;
  if (typeof order !== 'string' || !Object.hasOwn(contactsTexts, id)) return undefined;
  const parts = [
    typeof total === 'number'
      ? words.amount(total, typeof currency === 'string' ? currency : null)
      : null,
    isInstant(date) ? words.day(date) : null,
  ];
  return { title: t(id as TextId, { order }), detail: joined(parts) };
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function joined(parts: unknown[]): string | null {
  return parts.filter((part) => typeof part === 'string' && part).join(' · ') || null;
}

/** An entry or an exit, by the name that the segment had then. */
function moveWords({ type, name, details }: Activity, t: Say): ActivityWords {
  const { name: segment, cause, by } = details;
  const id =
    type === 'SegmentLeft' ? 'contacts.activity.segmentLeft' : 'contacts.activity.segmentEntered';
  return {
    title: t(id, { name: typeof segment === 'string' ? segment : name }),
    detail:
      typeof cause === 'string'
        ? causeSentence(cause, typeof by === 'string' ? by : null, t)
        : null,
  };
}

/** Whether the status of a line says more than its words do. */
export function showsStatus(item: Activity): boolean {
  return item.kind === 'send';
}

/** One change stands in the details itself, several in a list. */
export function changesOf(details: Activity['details']): FieldChange[] {
  const { changes } = details;
  if (Array.isArray(changes)) return changes as unknown as FieldChange[];
  return typeof details.field === 'string' ? [details as unknown as FieldChange] : [];
}

const MOST_LINES = 8;

function changeWords(changes: FieldChange[], t: Say, words: FieldWords): ActivityWords {
  const [only] = changes;
  if (only && changes.length === 1) {
    return { title: words.label(only.field), detail: changeOf(only, words) };
  }
  const lines = changes.map((change) => `${words.label(change.field)}: ${changeOf(change, words)}`);
  const more = lines.length - MOST_LINES;
  return {
    title: t('contacts.activity.changed', { n: changes.length }),
    detail: null,
    lines:
      more > 0 ? [...lines.slice(0, MOST_LINES), t('contacts.activity.more', { n: more })] : lines,
  };
}

export function changeOf(
  { from, to }: Pick<FieldChange, 'from' | 'to'>,
  { value }: FieldWords,
): string {
  return `${value(from)} → ${value(to)}`;
}

function wordOf(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value)) return value.map(wordOf).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function originOf({ workflow }: Activity['details'], t: Say): string | null {
  return typeof workflow === 'string' ? t('contacts.activity.byWorkflow', { workflow }) : null;
}

/** Of a click its address, of a new contact whence it came; the rest of these facts is IDs. */
function factDetail({ type, source, details: { url, reason } }: Activity, t: Say): string | null {
  if (type === 'ContactCreated') return cameWords(source ?? '', t);
  if (typeof url === 'string') return url;
  return typeof reason === 'string' ? reason : null;
}

function cameWords(source: string, t: Say): string | null {
  const id = `contacts.activity.came.${source}`;
  return Object.hasOwn(contactsTexts, id) ? t(id as TextId) : source || null;
}

/** The first few plain members in one line: what the event was about. */
export function summaryOf(details: Activity['details']): string | null {
  const plain = Object.entries(details).filter(
    ([, value]) => value !== null && typeof value !== 'object' && value !== '',
  );
  const line = plain.slice(0, 4).map(([key, value]) => `${key}: ${wordOf(value)}`);
  return line.join(' · ') || null;
}
