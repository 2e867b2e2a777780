import { isUsableIdentifier, normalizeEmail, normalizePhone } from '../../contacts/index.ts';
import { MAX_TYPE_KEY } from '../../events/index.ts';
import { parseJson } from '../../http/index.ts';
import type { EventItem, Identifier, Json, JsonObject } from '../../inbox/index.ts';

/** A mistake of the caller; the text is the body of the 400. */
export class BadEvent extends Error {}

export type EventVersion = 'v1' | 'v2' | 'v3';

const FORBIDDEN_IN_KEY = /[<;'\\/|"`^?!,>]/;
const MAX_PARAM_NAME = 100;
const MAX_IDENTIFIER = 300;

/** Parameter names that identify the contact (without regard to case), in order of priority. */
const IDENTIFYING: [kind: Identifier[0], names: string[]][] = [
  ['contact', ['contactid', 'contact_id']],
  ['external_id', ['externalcustomerid']],
  ['email', ['email', 'emailaddress', 'useremail', 'contactemail']],
  ['phone', ['phone', 'sms', 'phonenumber']],
  ['push_token', ['pushtoken', 'mobpushtoken']],
  ['chat_id', ['telegrambottoken']],
  ['field.contact_key', ['contactkey', 'contact_key']],
];

/** The item of an event call; throws `BadEvent` with what the caller must know. */
export function readEvent(
  version: EventVersion,
  body: Json | undefined,
  { now, country }: { now: number; country?: string | undefined },
): EventItem {
  if (!isObject(body)) throw new BadEvent('The body must be a JSON object.');
  const event = readTypeKey(body['eventTypeKey']);
  const key = readKeyValue(body['keyValue']);
  const params = version === 'v3' ? readObject(body['params']) : readList(body['params'], version);
  const { ids, fields } = identify(params, country);
  if (ids.length === 0 && key === undefined) {
    throw new BadEvent(
      'The event should have keyValue, or one of the params contactId, externalCustomerId, email, phone, pushToken.',
    );
  }
  return {
    kind: 'event',
    ids,
    at: now,
    source: 'event',
    event,
    params,
    ownTime: false,
    weakIds: true,
    // Nobody is created from an unknown contactId alone, nor from a key alone.
    createContact: ids.some(([kind]) => kind !== 'contact'),
    ...(saysUnconfirmed(params) && { confirmed: false }),
    ...(key !== undefined && { key }),
    ...(Object.keys(fields).length > 0 && { fields }),
  };
}

/** Addresses that come along are the contact's only after a click; known ones keep their state. */
function saysUnconfirmed(params: JsonObject): boolean {
  return params['confirmed'] === false || params['confirmed'] === 'false';
}

function readTypeKey(value: Json | undefined): string {
  if (typeof value !== 'string' || value === '') throw new BadEvent('eventTypeKey is required.');
  if (value.length > MAX_TYPE_KEY)
    throw new BadEvent(`eventTypeKey is longer than ${MAX_TYPE_KEY} characters.`);
  const forbidden = FORBIDDEN_IN_KEY.exec(value)?.[0];
  if (forbidden) throw new BadEvent(`eventTypeKey must not contain ${forbidden}`);
  return value;
}

function readKeyValue(value: Json | undefined): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new BadEvent('keyValue must be a string.');
  const key = String(value);
  if (key.length > MAX_IDENTIFIER)
    throw new BadEvent(`keyValue is longer than ${MAX_IDENTIFIER} characters.`);
  return key;
}

function readObject(value: Json | undefined): JsonObject {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw new BadEvent('params must be an object.');
  const long = Object.keys(value).find((name) => name.length > MAX_PARAM_NAME);
  if (long !== undefined)
    throw new BadEvent(
      `The param name ${long.slice(0, 40)}… is longer than ${MAX_PARAM_NAME} characters.`,
    );
  return value;
}

/** `[{name, value}]` of v1 and v2; v1 has nested JSON as text. */
function readList(value: Json | undefined, version: EventVersion): JsonObject {
  if (value === undefined || value === null) return {};
  // An old client sends a list of one as the element itself.
  const list = Array.isArray(value) ? value : [value];
  const params = new Map<string, Json>();
  list.forEach((param, index) => {
    const name = isObject(param) ? param['name'] : undefined;
    if (typeof name !== 'string' || name === '')
      throw new BadEvent(`params[${index}] should have a name.`);
    if (name.length > MAX_PARAM_NAME)
      throw new BadEvent(`params[${index}]: the name is longer than ${MAX_PARAM_NAME} characters.`);
    if (!isObject(param) || param['value'] === undefined)
      throw new BadEvent(`params[${index}] (${name}) should have a value.`);
    if (params.has(name)) throw new BadEvent(`params[${index}]: the name ${name} is not unique.`);
    params.set(name, version === 'v1' ? unescaped(param['value']) : param['value']);
  });
  return Object.fromEntries(params);
}

/** What is no JSON, or too deep, stays the text that it is. */
function unescaped(value: Json): Json {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return parseJson(value) as Json;
  } catch {
    return value;
  }
}

/** Identifiers by the well-known names, and the fields that a new contact gets from them. */
function identify(
  params: JsonObject,
  country: string | undefined,
): { ids: Identifier[]; fields: JsonObject } {
  const byName = new Map(
    Object.entries(params).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const ids: Identifier[] = [];
  const fields: JsonObject = {};
  for (const [kind, names] of IDENTIFYING) {
    const name = names.find((candidate) => textOf(byName.get(candidate)) !== undefined);
    const value =
      name === undefined ? undefined : normalized(kind, textOf(byName.get(name))!, country);
    if (value === undefined) continue;
    ids.push([kind, value]);
    if (kind === 'email' || kind === 'phone') fields[kind] = value;
    if (kind === 'field.contact_key') fields['contact_key'] = value;
  }
  return { ids, fields };
}

function normalized(
  kind: Identifier[0],
  value: string,
  country: string | undefined,
): string | undefined {
  if (value.length > MAX_IDENTIFIER)
    throw new BadEvent(`A ${kind} identifier is longer than ${MAX_IDENTIFIER} characters.`);
  if (kind === 'email') return normalizeEmail(value);
  if (kind === 'phone') return normalizePhone(value, country);
  if (kind === 'contact') return /^\d{1,15}$/.test(value) ? value : undefined;
  return isUsableIdentifier(value) ? value : undefined;
}

function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' && value !== 'null'
    ? value.trim()
    : undefined;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
