import type { Activity } from '@perennial/contracts';
import type { TextId } from '../../app/catalogue.ts';
import type { Say } from '../../app/text.tsx';
import { causeWord } from '../segments/cause-word.ts';
import { contactsTexts } from './texts.ts';

interface ActivityWords {
  title: string;
  detail: string | null;
  /** What does not fit on one line: each field that changed. */
  lines?: string[];
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

const plainly: FieldWords = {
  label: (field) => field.replace(/^custom\./, ''),
  value: wordOf,
};

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
export function activityWords(item: Activity, t: Say, words: FieldWords = plainly): ActivityWords {
  if (item.type === 'FieldChanged') return changeWords(changesOf(item.details), t, words);
  if (item.kind === 'send') return { title: item.name, detail: originOf(item.details, t) };
  if (item.kind === 'segment') return moveWords(item, t);
  const fact = item.type ? facts[item.type] : undefined;
  if (!fact) return { title: item.name, detail: summaryOf(item.details) };
  return { title: t(fact, { name: item.name }), detail: factDetail(item, t) };
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
