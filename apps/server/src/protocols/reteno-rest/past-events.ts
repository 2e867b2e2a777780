import { createHash } from 'node:crypto';
import { parseInstant } from '../../contacts/index.ts';
import { FACT_FLAGS, type WorkspaceEvents } from '../../events/index.ts';
import type { EventItem, Json, JsonObject } from '../../inbox/index.ts';
import {
  BadEvent,
  readAnyEvent,
  ReservedEvent,
  type EventFacts,
  type EventVersion,
} from './event-body.ts';

export const MOST_PAST_EVENTS = 500;

/** What became of one of them, in the words of the API. */
export type PastStatus =
  | 'ACCEPTED'
  | 'OCCURRED_DATE_IS_REQUIRED'
  | 'INCORRECT_OCCURRED_DATE_FORMAT'
  | 'OCCURRED_TIME_TOO_DEPTH'
  | 'OCCURRED_TIME_IN_FUTURE'
  | 'EVENT_SEGMENTATION_DISABLED'
  | 'SERVER_ERROR';

export interface PastEvents {
  items: EventItem[];
  /** Of each event of the call, in its order. */
  statuses: PastStatus[];
  /** Types of those that were refused because theirs is inactive. */
  inactive: string[];
}

/**
 * Reads the events of a call. One that is no event fails the call, with its place; times and
 * types are answered one by one. Parameters that a type expects and that are missing are kept as
 * errors of the event: what happened cannot be sent better.
 */
export function readPastEvents(
  version: EventVersion,
  body: Json | undefined,
  facts: EventFacts,
): PastEvents {
  const past: PastEvents = { items: [], statuses: [], inactive: [] };
  eventsOf(body).forEach((raw, index) => {
    const item = readOne(version, raw, { index, facts });
    const time = timeOf((raw as JsonObject)['occurred'], facts.now);
    const status = statusOf(item, time, facts.events);
    past.statuses.push(status);
    if (status === 'ACCEPTED') past.items.push(asPast(item, time as number));
    if (status === 'EVENT_SEGMENTATION_DISABLED') past.inactive.push(item.event);
  });
  return past;
}

function eventsOf(body: Json | undefined): Json[] {
  const events =
    typeof body === 'object' && body !== null && !Array.isArray(body) ? body['events'] : undefined;
  // An old client sends a list of one as the element itself.
  const list = typeof events === 'object' && events !== null ? [events].flat() : undefined;
  if (!list || list.length === 0) throw new BadEvent('events is required, a list of events.');
  if (list.length > MOST_PAST_EVENTS) {
    throw new BadEvent(`events holds more than ${MOST_PAST_EVENTS} events.`);
  }
  return list;
}

function readOne(
  version: EventVersion,
  raw: Json,
  { index, facts }: { index: number; facts: EventFacts },
): EventItem {
  try {
    const item = readAnyEvent(version, raw, facts);
    if (item.key === undefined) throw new BadEvent('keyValue is required.');
    return item;
  } catch (problem) {
    if (!(problem instanceof BadEvent)) throw problem;
    if (problem instanceof ReservedEvent) {
      throw new ReservedEvent(problem.event, `events[${index}]: ${problem.message}`);
    }
    throw new BadEvent(`events[${index}]: ${problem.message}`);
  }
}

type WrongTime = Exclude<PastStatus, 'ACCEPTED' | 'EVENT_SEGMENTATION_DISABLED' | 'SERVER_ERROR'>;

/** With a zone or, without, in UTC. */
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(Z|[+-]\d{2}(:?\d{2})?)?$/;

/** The earliest instant that an event may have. */
const EARLIEST = Date.UTC(2000, 0, 1);

function timeOf(value: Json | undefined, now: number): number | WrongTime {
  if (value === undefined || value === null || value === '') return 'OCCURRED_DATE_IS_REQUIRED';
  const at = typeof value === 'string' ? parseTime(value) : undefined;
  if (at === undefined) return 'INCORRECT_OCCURRED_DATE_FORMAT';
  if (at < EARLIEST) return 'OCCURRED_TIME_TOO_DEPTH';
  return at > now ? 'OCCURRED_TIME_IN_FUTURE' : at;
}

/** Epoch milliseconds of a date and time of ISO 8601; without a zone it is UTC. */
export function parseTime(text: string): number | undefined {
  return ISO_TIME.test(text) ? parseInstant(text) : undefined;
}

function statusOf(
  { event }: EventItem,
  time: number | WrongTime,
  { settingsOf }: WorkspaceEvents,
): PastStatus {
  if (typeof time === 'string') return time;
  return settingsOf(event).active ? 'ACCEPTED' : 'EVENT_SEGMENTATION_DISABLED';
}

/** The same event sent again is recognised: an import that broke off can simply be repeated. */
function asPast(item: EventItem, at: number): EventItem {
  const identity = JSON.stringify([item.event, item.key, at, item.ids, item.params]);
  return {
    ...item,
    at,
    ownTime: true,
    flags: FACT_FLAGS.past,
    messageId: `past:${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}`,
  };
}
