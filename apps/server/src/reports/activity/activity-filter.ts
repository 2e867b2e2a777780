import type { ActivityKind } from '@perennial/contracts';
import { kindOfFact, statusOfFact, type FactRow } from '../../events/index.ts';
import type { SendLine } from './queries.ts';

/** The last line of a page: instant, fact or send, ID. */
export type Position = [at: number, what: number, id: number];

export interface ActivityFilter {
  workspaceId: number;
  contactId: number;
  kinds?: ActivityKind[] | undefined;
  /** Key of an event type. */
  type?: string | undefined;
  channel?: string | undefined;
  /** Of a send, or of what a fact says about one. */
  status?: string | undefined;
  /** Its sends, and what started it. */
  workflow?: number | undefined;
  /** Found somewhere in names and values, whatever the case. */
  search?: string | undefined;
  /** Whether values may be searched. */
  readsPersonal: boolean;
  /** Only what lies at or after this instant. */
  from?: Date | undefined;
  /** Only what lies before this instant. */
  before?: Date | undefined;
  after?: Position | undefined;
  now: Date;
  limit: number;
}

/** Whether lines must be looked at one by one: no index holds what is asked for. */
export function looksAtLines({ channel, status, workflow, search }: ActivityFilter): boolean {
  return [channel, status, workflow, search].some((asked) => asked !== undefined && asked !== '');
}

/** Whether facts of a type can be among the lines. */
export function wantsType(filter: ActivityFilter, key: string): boolean {
  const { kinds, type, channel, status } = filter;
  const kind = kindOfFact(key);
  if (!kind || (kinds && !kinds.includes(kind))) return false;
  if (type !== undefined && key !== type) return false;
  // Only what is about a message has a channel and a status.
  return (channel === undefined && status === undefined) || statusOfFact(key) !== null;
}

export function wantsSends({ kinds, type }: ActivityFilter): boolean {
  return (!kinds || kinds.includes('send')) && type === undefined;
}

export function wantsSend(filter: ActivityFilter, send: SendLine): boolean {
  const { channel, status, workflow, search } = filter;
  if (channel !== undefined && send.channel !== channel) return false;
  if (status !== undefined && statusOfSend(send) !== status) return false;
  if (workflow !== undefined && send.workflow_id !== workflow) return false;
  return !search || contains([send.message, send.workflow], search);
}

export function statusOfSend({ decision, status }: SendLine): string | null {
  return decision === 'sent' ? status : decision;
}

export function wantsFact(
  filter: ActivityFilter,
  fact: FactRow,
  starters: ReadonlySet<string>,
): boolean {
  const { channel, status, workflow, search, readsPersonal } = filter;
  if (channel !== undefined && fact.params?.['channel'] !== channel) return false;
  if (status !== undefined && statusOfFact(fact.type) !== status) return false;
  if (workflow !== undefined && !starters.has(String(fact.id))) return false;
  if (!search) return true;
  const words = [fact.type, fact.name];
  if (readsPersonal) words.push(fact.key ?? '', JSON.stringify(fact.params ?? {}));
  return contains(words, search);
}

function contains(texts: (string | null)[], search: string): boolean {
  const sought = search.toLowerCase();
  return texts.some((text) => text?.toLowerCase().includes(sought));
}
