import type { Activity } from '@perennial/contracts';
import type { TextId } from '../../app/catalogue.ts';
import type { Say } from '../../app/text.tsx';
import { causeWord } from '../segments/cause-word.ts';

interface ActivityWords {
  title: string;
  detail: string | null;
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
  ContactMerged: 'contacts.activity.fact.ContactMerged',
  ContactUnmerged: 'contacts.activity.fact.ContactUnmerged',
};

/** What to call one line of the history, and the little that goes under it. */
export function activityWords(item: Activity, t: Say): ActivityWords {
  if (item.kind === 'field') return { title: item.name, detail: changeOf(item.details) };
  if (item.kind === 'send') return { title: item.name, detail: originOf(item.details, t) };
  if (item.kind === 'segment') return moveWords(item, t);
  const fact = item.type ? facts[item.type] : undefined;
  if (!fact) return { title: item.name, detail: summaryOf(item.details) };
  return { title: t(fact, { name: item.name }), detail: factDetail(item.details) };
}

/** An entry or an exit, by the name that the segment had then. */
function moveWords({ type, name, details }: Activity, t: Say): ActivityWords {
  const { name: segment, cause } = details;
  const id =
    type === 'SegmentLeft' ? 'contacts.activity.segmentLeft' : 'contacts.activity.segmentEntered';
  return {
    title: t(id, { name: typeof segment === 'string' ? segment : name }),
    detail: typeof cause === 'string' ? causeWord(cause, t) : null,
  };
}

/** Whether the status of a line says more than its words do. */
export function showsStatus(item: Activity): boolean {
  return item.kind === 'send';
}

function changeOf({ from, to }: Activity['details']): string {
  return `${wordOf(from)} → ${wordOf(to)}`;
}

function wordOf(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function originOf({ workflow }: Activity['details'], t: Say): string | null {
  return typeof workflow === 'string' ? t('contacts.activity.byWorkflow', { workflow }) : null;
}

/** Of a click its address; the rest of these facts is IDs. */
function factDetail({ url, reason }: Activity['details']): string | null {
  if (typeof url === 'string') return url;
  return typeof reason === 'string' ? reason : null;
}

/** The first few plain members in one line: what the event was about. */
export function summaryOf(details: Activity['details']): string | null {
  const plain = Object.entries(details).filter(
    ([, value]) => value !== null && typeof value !== 'object' && value !== '',
  );
  const line = plain.slice(0, 4).map(([key, value]) => `${key}: ${wordOf(value)}`);
  return line.join(' · ') || null;
}
