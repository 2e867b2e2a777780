import type { ExpectedParam } from '@perennial/contracts';
import { MAX_IDENTIFIER } from '../../contacts/index.ts';
import {
  findFaults,
  identifyParams,
  idsAndFields,
  MAX_TYPE_KEY,
  whyReserved,
  type ParamFault,
  type WorkspaceEvents,
} from '../../events/index.ts';
import { parseJson } from '../../http/index.ts';
import type { EventItem, Json, JsonObject } from '../../inbox/index.ts';

/** A mistake of the caller; the text is the body of the 400. */
export class BadEvent extends Error {}

/** Perennial itself records facts of this name. */
export class ReservedEvent extends BadEvent {
  readonly event: string;

  constructor(event: string, message: string) {
    super(message);
    this.event = event;
  }
}

export type EventVersion = 'v1' | 'v2' | 'v3';

/** The parameters are not those that the type expects: the answer says which those are. */
export class UnexpectedParams extends Error {
  /** A text, or of v3 what goes out as JSON. */
  readonly answer: unknown;
  readonly event: string;
  readonly faults: ParamFault[];

  constructor(
    version: EventVersion,
    {
      event,
      expected,
      faults,
    }: { event: string; expected: readonly ExpectedParam[]; faults: ParamFault[] },
  ) {
    super('unexpected parameters');
    this.event = event;
    this.faults = faults;
    this.answer = version === 'v3' ? structureOf(expected) : listOf(expected);
  }
}

function structureOf(expected: readonly ExpectedParam[]): object {
  return { params: Object.fromEntries(expected.map(({ name, ...rest }) => [name, told(rest)])) };
}

function listOf(expected: readonly ExpectedParam[]): string {
  const list = expected.map(({ name, ...rest }) => ({ name, ...told(rest) }));
  return `The event should have the following params: ${JSON.stringify(list)}`;
}

function told({ required, type }: Omit<ExpectedParam, 'name'>): object {
  return { required, ...(type !== null && { type }) };
}

const FORBIDDEN_IN_KEY = /[<;'\\/|"`^?!,>]/;
const MAX_PARAM_NAME = 100;

/** What a call about events knows of its workspace. */
export interface EventFacts {
  now: number;
  country?: string | undefined;
  events: WorkspaceEvents;
}

/** The item of an event call; throws `BadEvent` with what the caller must know. */
export function readEvent(
  version: EventVersion,
  body: Json | undefined,
  facts: EventFacts,
): EventItem {
  const item = readAnyEvent(version, body, facts);
  const { expected_params: expected } = facts.events.settingsOf(item.event);
  const faults = findFaults(expected, item.params);
  if (faults.length > 0)
    throw new UnexpectedParams(version, { event: item.event, expected, faults });
  return item;
}

/** The same, whatever parameters its type expects: of events that are stored with their errors. */
export function readAnyEvent(
  version: EventVersion,
  body: Json | undefined,
  { now, country, events }: EventFacts,
): EventItem {
  if (!isObject(body)) throw new BadEvent('The body must be a JSON object.');
  const event = readTypeKey(body['eventTypeKey']);
  const key = readKeyValue(body['keyValue']);
  const params = version === 'v3' ? readObject(body['params']) : readList(body['params'], version);
  const identified = identifyParams(params, { mappings: events.mappings, country });
  const tooLong = identified.unusable.find(({ message }) => message.startsWith('is longer'));
  if (tooLong) throw new BadEvent(`The param ${tooLong.parameter} ${tooLong.message}.`);
  const { ids, fields, ruled } = idsAndFields(identified);
  if (ids.length === 0 && key === undefined) {
    throw new BadEvent(
      'The event should have keyValue, or one of the params contactId, externalCustomerId, email, phone, pushToken.',
    );
  }
  const { active, create_contacts: mayCreate } = events.settingsOf(event);
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
    createContact: active && mayCreate && ids.some(([kind]) => kind !== 'contact'),
    ...(saysUnconfirmed(params) && { confirmed: false }),
    ...(key !== undefined && { key }),
    ...(Object.keys(ruled).length > 0 && { ruled }),
    ...(Object.keys(fields).length > 0 && { fields }),
  };
}

/** Addresses that come along are the contact's only after a click; known ones keep their state. */
function saysUnconfirmed(params: JsonObject): boolean {
  return params['confirmed'] === false || params['confirmed'] === 'false';
}

function readTypeKey(value: Json | undefined): string {
  if (typeof value !== 'string' || value.trim() === '')
    throw new BadEvent('eventTypeKey is required.');
  if (value.length > MAX_TYPE_KEY)
    throw new BadEvent(`eventTypeKey is longer than ${MAX_TYPE_KEY} characters.`);
  const forbidden = FORBIDDEN_IN_KEY.exec(value)?.[0];
  if (forbidden) throw new BadEvent(`eventTypeKey must not contain ${forbidden}`);
  const reserved = whyReserved(value);
  if (reserved !== undefined) throw new ReservedEvent(value, `eventTypeKey: ${reserved}.`);
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

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
