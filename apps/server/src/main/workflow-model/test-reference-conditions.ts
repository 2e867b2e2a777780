import type { JsonObject } from '../../inbox/index.ts';
import type { RefContact } from './test-reference-state.ts';
import { EVENT_SEGMENTS } from './test-segments.ts';
import { instantOf, localOf } from './test-zones.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What a condition is asked with, beside the contact. */
export interface Asked {
  now: number;
  /** The workspace's. */
  zone: string;
  /** Of what started the run, or is being handled. */
  params: JsonObject;
  /** Whether a message of the run got as far. */
  hasReached?: (node: JsonObject) => boolean;
}

/** Whether a condition is true. */
export function holds(node: JsonObject, contact: RefContact, asked: Asked): boolean {
  if ('not' in node) return !holds(node['not'] as JsonObject, contact, asked);
  const { all, any } = node as { all?: JsonObject[]; any?: JsonObject[] };
  if (all) return all.every((part) => holds(part, contact, asked));
  if (any) return any.some((part) => holds(part, contact, asked));
  return leaves[node['type'] as string]!(node, contact, asked);
}

interface Period {
  kind: string;
  n?: number;
  unit?: string;
}

const leaves: Record<string, (node: JsonObject, contact: RefContact, asked: Asked) => boolean> = {
  field(node, { fields }, asked) {
    const found = fields[node['field'] as string];
    if (node['op'] === 'in') return isWithin(node, found, asked);
    return compare(found, node, asked);
  },
  event(node, { events }, asked) {
    const own = events
      .filter(({ type, params }) => type === node['event'] && isOne(node['where'], params, asked))
      .map(({ at }) => at);
    const measure = node['measure'] as { kind: string; value: number } | undefined;
    if (measure?.kind === 'last') {
      return own.length > 0 && isDuring(node, Math.max(...own), asked);
    }
    return own.filter((at) => isDuring(node, at, asked)).length >= (measure?.value ?? 1);
  },
  message_status: (node, _contact, { hasReached }) => hasReached!(node),
  segment: (node, { segments }) => segments.has(node['segment'] as string),
  event_param: (node, _contact, asked) =>
    compare(asked.params[node['param'] as string], node, asked),
};

function isOne(where: unknown, params: JsonObject, asked: Asked): boolean {
  if (where === undefined) return true;
  const leaf = where as JsonObject;
  return compare(params[leaf['param'] as string], leaf, asked);
}

function isDuring({ period }: JsonObject, at: number, { now, zone }: Asked): boolean {
  const { kind, n } = period as unknown as Period;
  if (kind === 'ever') return true;
  if (kind === 'last') return at > now - n! * HOUR && at <= now;
  if (kind === 'longer_ago') return at <= now - n! * HOUR;
  return at >= startOfDay(now, zone) && at < endOfDay(now, zone);
}

function isWithin({ period }: JsonObject, found: unknown, { now }: Asked): boolean {
  if (typeof found !== 'string') return false;
  const { n } = period as unknown as Period;
  const at = Date.parse(found);
  return at > now && at <= now + n! * DAY;
}

function startOfDay(instant: number, zone: string): number {
  const local = localOf(instant, zone);
  return instantOf(local - (local % DAY), zone);
}

function endOfDay(instant: number, zone: string): number {
  const local = localOf(instant, zone);
  return instantOf(local - (local % DAY) + DAY, zone);
}

/** Instants at which time alone may change the answer. */
export function turnsOf(node: JsonObject, { events, fields }: RefContact, zone: string): number[] {
  const { kind, n } = (node['period'] ?? { kind: 'ever' }) as unknown as Period;
  if (kind === 'ever') return [];
  if (kind === 'next') {
    const found = fields[node['field'] as string];
    if (typeof found !== 'string') return [];
    return [Date.parse(found) - n! * DAY, Date.parse(found)];
  }
  const own = events.filter(({ type }) => type === node['event']).map(({ at }) => at);
  return own.map((at) => (kind === 'today' ? endOfDay(at, zone) : at + n! * HOUR));
}

function compare(found: unknown, { op, value }: JsonObject, { params }: Asked): boolean {
  const wanted =
    typeof value === 'object' && value !== null
      ? params[(value as { $event: string }).$event]
      : value;
  if (op === 'equals') return found === wanted;
  return typeof found === 'number' && found > (wanted as number);
}

/** Whether a segment asks for what the event does not say. */
export function lacks(segment: unknown, params: JsonObject): boolean {
  const rule = EVENT_SEGMENTS[segment as string];
  if (!rule) return false;
  const { value } = (rule['where'] ?? rule) as { value: { $event: string } };
  return params[value.$event] === undefined;
}

/** The filter of an event's parameters. */
export function passes(where: unknown, params: JsonObject): boolean {
  if (where === undefined) return true;
  const { all } = where as { all: JsonObject[] };
  const asked = { now: 0, zone: 'UTC', params };
  return all.every((leaf) => compare(params[leaf['param'] as string], leaf, asked));
}
