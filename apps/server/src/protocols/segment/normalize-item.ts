import { isUsableIdentifier, MAX_IDENTIFIER, parseInstant } from '../../contacts/index.ts';
import {
  addDeviceParams,
  findFaults,
  MAX_TYPE_KEY,
  whyReserved,
  type WorkspaceEvents,
} from '../../events/index.ts';
import type { EventItem, Identifier, InboxItem, Json, JsonObject } from '../../inbox/index.ts';
import { factTime } from '../fact-time.ts';
import { deviceFactsOf, deviceOf, keptContext, objectAt, surroundings } from './context.ts';
import { ItemError, RefusedEventError, UnfitEventError } from './item-error.ts';
import type { Method } from './method.ts';
import { spokenBy, type SpeakerOf } from './speaker.ts';
import { identifiersAmong, traitsToFields } from './traits.ts';

/** What surrounds an item: its request. */
export interface Surroundings {
  receivedAt: number;
  /** How far the client's clock is ahead, by `sentAt`. */
  skew: number;
  /** Context of the batch, which an item's own overrides. */
  context: JsonObject;
  /** Default country of phone numbers. */
  country?: string | undefined;
  /** The app whose key was used. */
  app?: string | undefined;
  /** Of an app that requires verified identity: whom a call may speak for. */
  speakerOf?: SpeakerOf | undefined;
  /** What the workspace expects of its events. */
  events?: WorkspaceEvents | undefined;
  /** Header of the request: what sent it, where the context does not say. */
  userAgent?: string | undefined;
}

const MAX_MESSAGE_ID = 100;

/** Turns one call into an item, or throws `ItemError`. */
export function normalizeItem(
  method: Method,
  raw: Json | undefined,
  around: Surroundings,
): InboxItem {
  const item = readItem(method, raw, around);
  if (item.kind === 'event') requireParams(item, around);
  return item;
}

/** The app's developer learns it at once; what comes another way is stored with its errors. */
function requireParams({ event, params }: EventItem, { events }: Surroundings): void {
  const expected = events?.settingsOf(event).expected_params ?? [];
  const [fault, ...more] = findFaults(expected, params);
  if (fault) throw new UnfitEventError(event, [fault, ...more]);
}

function readItem(method: Method, raw: Json | undefined, around: Surroundings): InboxItem {
  if (!isObject(raw)) throw new ItemError('', 'is not an object');
  if (!around.speakerOf) return methods[method](commonOf(raw, around), raw, around);
  const speaker = around.speakerOf({ ...around.context, ...objectAt(raw, 'context') });
  const call = spokenBy(speaker, { method, raw });
  const item = methods[method](commonOf(call.raw, around), call.raw, around);
  if (item.kind !== 'identify') return item;
  return {
    ...item,
    ...(Object.keys(call.unverified).length > 0 && { unverified: call.unverified }),
    ...(item.via && { via: { ...item.via, verified: speaker !== 'anonymous' } }),
  };
}

interface Common {
  ids: Identifier[];
  at: number;
  flags: number;
  ownTime: boolean;
  messageId?: string;
  context: JsonObject;
  userAgent: string | undefined;
}

const methods: Record<
  Method,
  (common: Common, raw: JsonObject, around: Surroundings) => InboxItem
> = {
  identify(common, raw, { country, app }) {
    const { ids, device } = seen(common);
    const fields = traitsToFields(objectMember(raw, 'traits'));
    const weakFields = surroundings(common.context);
    return {
      kind: 'identify',
      ...base(common),
      source: 'identify',
      ids: [...ids, ...identifiersAmong(fields, country)],
      fields,
      ...(Object.keys(weakFields).length > 0 && { weakFields }),
      ...(device && { device }),
      ...(app !== undefined && { via: { app, verified: false } }),
    };
  },

  track(common, raw) {
    return eventItem(common, nameOf(raw, 'event'), objectMember(raw, 'properties'));
  },

  page(common, raw) {
    return eventItem(common, 'PageView', { ...named(raw), ...objectMember(raw, 'properties') });
  },

  screen(common, raw) {
    return eventItem(common, 'screenView', { ...named(raw), ...objectMember(raw, 'properties') });
  },

  group(common, raw) {
    const groupId = identifierAt(raw, 'groupId');
    if (groupId === undefined) throw new ItemError('groupId', 'is required');
    return eventItem(common, 'Group', { groupId, traits: objectMember(raw, 'traits') });
  },

  alias(common, raw) {
    const previous = identifierAt(raw, 'previousId');
    if (previous === undefined) throw new ItemError('previousId', 'is required');
    if (!isUsableIdentifier(previous)) throw identifiesNobody('previousId', previous);
    const user = common.ids.filter(([kind]) => kind === 'external_id');
    if (user.length === 0) throw new ItemError('userId', 'is required');
    return {
      kind: 'alias',
      ...base(common),
      source: 'identify',
      ids: user,
      previous: ['anonymous_id', previous],
    };
  },
};

function commonOf(raw: JsonObject, around: Surroundings): Common {
  const time = timeOf(raw, around);
  const messageId = messageIdOf(raw);
  return {
    ids: personOf(raw),
    ...time,
    ...(messageId !== undefined && { messageId }),
    context: { ...around.context, ...objectAt(raw, 'context') },
    userAgent: around.userAgent,
  };
}

function base({ at, messageId }: Common): { at: number; messageId?: string } {
  return { at, ...(messageId !== undefined && { messageId }) };
}

function eventItem(common: Common, event: string, params: JsonObject): EventItem {
  const { ids, device } = seen(common);
  const fields = surroundings(common.context);
  const context = keptContext(common.context);
  return {
    kind: 'event',
    ...base(common),
    source: 'sdk',
    ids,
    event,
    params: addDeviceParams(params, deviceFactsOf(common.context, common.userAgent)),
    ownTime: common.ownTime,
    createContact: true,
    ...(common.flags !== 0 && { flags: common.flags }),
    ...(context && { context }),
    ...(common.context['active'] === false && { passive: true }),
    ...(Object.keys(fields).length > 0 && { fields }),
    ...(device && { device }),
  };
}

function seen(common: Common): ReturnType<typeof deviceOf> {
  const { device, ids } = deviceOf(common.context);
  return { ids: [...common.ids, ...ids], ...(device && { device }) };
}

function personOf(raw: JsonObject): Identifier[] {
  const user = identifierAt(raw, 'userId');
  const anonymous = identifierAt(raw, 'anonymousId');
  const ids: Identifier[] = [];
  if (user !== undefined && isUsableIdentifier(user)) ids.push(['external_id', user]);
  if (anonymous !== undefined && isUsableIdentifier(anonymous))
    ids.push(['anonymous_id', anonymous]);
  if (ids.length > 0) return ids;
  if (user === undefined && anonymous === undefined)
    throw new ItemError('userId', 'or anonymousId is required');
  const [member, given] = user === undefined ? ['anonymousId', anonymous!] : ['userId', user];
  throw identifiesNobody(member, given);
}

function identifiesNobody(member: string, given: string): ItemError {
  return new ItemError(member, `identifies nobody: "${given.slice(0, 50)}"`);
}

function identifierAt(raw: JsonObject, name: string): string | undefined {
  const value = raw[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw new ItemError(name, 'must be a string');
  const text = value.trim();
  if (text.length > MAX_IDENTIFIER)
    throw new ItemError(name, `is longer than ${MAX_IDENTIFIER} characters`);
  return text;
}

function timeOf(
  raw: JsonObject,
  { receivedAt, skew }: Surroundings,
): { at: number; flags: number; ownTime: boolean } {
  const value = raw['timestamp'] ?? raw['originalTimestamp'];
  if (value === undefined || value === null) return { at: receivedAt, flags: 0, ownTime: false };
  if (typeof value !== 'string') throw new ItemError('timestamp', 'must be an ISO 8601 text');
  const time = factTime(parseInstant(value) ?? Number.NaN, { receivedAt, skew });
  if (!time.ok) throw new ItemError('timestamp', time.message);
  return { at: time.at, flags: time.flags, ownTime: true };
}

function messageIdOf(raw: JsonObject): string | undefined {
  const value = raw['messageId'];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw new ItemError('messageId', 'must be a string');
  if (value.length > MAX_MESSAGE_ID)
    throw new ItemError('messageId', `is longer than ${MAX_MESSAGE_ID} characters`);
  return value;
}

function nameOf(raw: JsonObject, member: string): string {
  const value = raw[member];
  if (typeof value !== 'string' || value.trim() === '')
    throw new ItemError(member, 'is required and must be a text');
  if (value.length > MAX_TYPE_KEY)
    throw new ItemError(member, `is longer than ${MAX_TYPE_KEY} characters`);
  const name = value.trim();
  const reserved = whyReserved(name);
  if (reserved !== undefined) {
    throw new RefusedEventError(name, { path: member, message: reserved });
  }
  return name;
}

function named(raw: JsonObject): JsonObject {
  return {
    ...(typeof raw['name'] === 'string' && { name: raw['name'] }),
    ...(typeof raw['category'] === 'string' && { category: raw['category'] }),
  };
}

function objectMember(raw: JsonObject, member: string): JsonObject {
  const value = raw[member];
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw new ItemError(member, 'must be an object');
  return value;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
