import { z } from 'zod';
import {
  isUsableIdentifier,
  normalizeEmail,
  normalizePlainPhone,
  normalizeValue,
  SYSTEM_FIELDS,
  tokenDevice,
  whyNoName,
} from '../../contacts/index.ts';
import type { DeviceFacts, Identifier, Json, JsonObject } from '../../inbox/index.ts';
import type { RestFields } from './rest-fields.ts';
import { listOf, placeOf, restId, restText } from './schemas.ts';

const MAX_IDENTIFIER = 300;
/** Tokens and subscriptions of browsers are longer than other identifiers. */
const MAX_TOKEN = 4096;

/** Channels whose addresses the API takes; others (`widget`, `inapp`) need none. */
const CHANNEL_TYPES = [
  'email',
  'sms',
  'viber',
  'mobilepush',
  'webpush',
  'appinbox',
  'telegrambot',
] as const;

const deviceSchema = z.object({
  appId: restText(MAX_IDENTIFIER).nullish(),
  deviceModel: restText(200).nullish(),
  os: restText(100).nullish(),
  locale: restText(50).nullish(),
  clientVersion: restText(50).nullish(),
  appVersion: restText(50).nullish(),
  active: z.boolean().nullish(),
});

const channelSchema = z.object({
  type: z.enum(CHANNEL_TYPES, { error: `expected one of ${CHANNEL_TYPES.join(', ')}` }),
  value: restText(MAX_TOKEN),
  device: deviceSchema.nullish(),
  webPushSubscription: z.looseObject({}).nullish(),
});

const addressSchema = z.object({
  region: restText(1000).nullish(),
  town: restText(1000).nullish(),
  address: restText(1000).nullish(),
  postcode: restText(1000).nullish(),
});

const fieldSchema = z.object({
  id: restId,
  value: z
    .union([z.string(), z.number(), z.boolean(), z.array(z.string())], {
      error: 'expected a text or a number',
    })
    .nullish(),
});

const groupSchema = z.object({
  id: restId.nullish(),
  name: restText(200).nullish(),
  type: z.string().nullish(),
});

const members = {
  id: restId.nullish(),
  externalCustomerId: restText(MAX_IDENTIFIER).nullish(),
  contactKey: restText(1000).nullish(),
  firstName: restText(1000).nullish(),
  lastName: restText(1000).nullish(),
  channels: listOf(channelSchema, { most: 100 }).nullish(),
  address: addressSchema.nullish(),
  fields: listOf(fieldSchema, { most: 500 }).nullish(),
  addressBookId: restId.nullish(),
  groups: listOf(groupSchema, { most: 100 }).nullish(),
  languageCode: restText(100).nullish(),
  timeZone: restText(100).nullish(),
};

/** A contact as the REST API writes it. Members that it does not know are passed over. */
export const contactBody = z.object(members).meta({ id: 'RestContact' });
export type ContactBody = z.output<typeof contactBody>;

/** A contact in the words of the program, before anybody knows which one it is. */
export interface ContactFacts {
  contactId?: number;
  externalId?: string;
  email?: string;
  phone?: string;
  contactKey?: string;
  /** Tokens and chats. */
  others: Identifier[];
  devices: DeviceFacts[];
  /** Without e-mail, phone and contact key. */
  fields: JsonObject;
  groups: string[];
}

export type ReadContact = { ok: true; facts: ContactFacts } | { ok: false; problems: string[] };

export interface ReadParts {
  fields: RestFields;
  country: string | undefined;
}

/** Checks what no schema can say; problems name the place, as `contact.channels[0].value: ...`. */
export function readContact(
  body: ContactBody,
  { fields, country }: ReadParts,
  where: (string | number)[] = [],
): ReadContact {
  const problems: string[] = [];
  const say = (path: (string | number)[], message: string): void =>
    void problems.push(`${placeOf([...where, ...path])}: ${message}`);
  const facts: ContactFacts = {
    others: [],
    devices: [],
    fields: {},
    groups: [],
    ...(body.id && { contactId: body.id }),
  };
  readExternalId(body, facts, say);
  readChannels(body, facts, { country, say });
  readNames(body, facts, say);
  readSystemFields(body, facts, say);
  for (const [index, { id, value }] of (body.fields ?? []).entries()) {
    const stored = fields.toStored(id, value ?? null);
    if (stored.ok) facts.fields[stored.field] = stored.value;
    else say(['fields', index, ...stored.at], stored.reason);
  }
  for (const [index, { name }] of (body.groups ?? []).entries()) {
    if (name) facts.groups.push(name);
    else say(['groups', index, 'name'], 'expected the name of a list');
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, facts };
}

type Say = (path: (string | number)[], message: string) => void;

/** An empty one, and "null", are none: callers fill templates with what they do not have. */
function readExternalId({ externalCustomerId }: ContactBody, facts: ContactFacts, say: Say): void {
  const externalId = externalCustomerId?.trim();
  if (!externalId || externalId === 'null') return;
  if (isUsableIdentifier(externalId)) facts.externalId = externalId;
  else say(['externalCustomerId'], `"${externalId}" identifies nobody`);
}

function readChannels(
  { channels }: ContactBody,
  facts: ContactFacts,
  { country, say }: { country: string | undefined; say: Say },
): void {
  for (const [index, channel] of (channels ?? []).entries()) {
    const problem = readChannel(channel, facts, country);
    if (problem !== undefined) say(['channels', index, 'value'], problem);
  }
}

type ChannelBody = z.output<typeof channelSchema>;

interface Channel extends Pick<ChannelBody, 'device'> {
  text: string;
  country: string | undefined;
}

/** Puts an address where it belongs; answers what is wrong with it. */
const CHANNELS: Record<
  ChannelBody['type'],
  (facts: ContactFacts, channel: Channel) => string | undefined
> = {
  email: (facts, { text }) =>
    setSingle(facts, 'email', normalizeEmail(text), 'is not an e-mail address'),
  sms: setPhone,
  viber: setPhone,
  mobilepush(facts, { text, device }) {
    facts.others.push(['push_token', text]);
    facts.devices.push(deviceOf(text, device ?? {}));
    return undefined;
  },
  webpush: (facts, { text }) => give(facts, 'web_push', text),
  appinbox: (facts, { text }) => give(facts, 'device_id', text),
  telegrambot: (facts, { text }) => give(facts, 'chat_id', text),
};

function readChannel(
  { type, value, device }: ChannelBody,
  facts: ContactFacts,
  country: string | undefined,
): string | undefined {
  const text = value.trim();
  if (text === '') return 'is empty';
  return CHANNELS[type](facts, { text, device, country });
}

function setPhone(facts: ContactFacts, { text, country }: Channel): string | undefined {
  const phone = normalizePlainPhone(text, country);
  return setSingle(facts, 'phone', phone, 'is not a phone number with its country');
}

function setSingle(
  facts: ContactFacts,
  kind: 'email' | 'phone',
  value: string | undefined,
  problem: string,
): string | undefined {
  if (value === undefined) return problem;
  const known = facts[kind];
  if (known !== undefined && known !== value) return `is a second ${kind}; a contact has one`;
  facts[kind] = value;
  return undefined;
}

function give(facts: ContactFacts, kind: Identifier[0], value: string): string | undefined {
  if (!isUsableIdentifier(value) && value.length <= MAX_IDENTIFIER) return 'identifies nobody';
  facts.others.push([kind, value]);
  return undefined;
}

/** A token that came without its device is kept with one of its own. */
export function deviceOf(token: string, device: z.output<typeof deviceSchema>): DeviceFacts {
  const { appId, deviceModel, os, locale, appVersion, active } = device;
  return {
    deviceId: tokenDevice(token),
    pushToken: token,
    ...(appId && { app: appId }),
    ...(deviceModel && { model: deviceModel }),
    ...(os && { osType: os }),
    ...(locale && { locale }),
    ...(appVersion && { appVersion }),
    pushEnabled: active ?? true,
  };
}

function readNames(body: ContactBody, facts: ContactFacts, say: Say): void {
  for (const [member, field] of [
    ['firstName', 'first_name'],
    ['lastName', 'last_name'],
  ] as const) {
    const name = body[member]?.trim();
    if (name === undefined) continue;
    const problem = name === '' ? undefined : whyNoName(name);
    if (problem === undefined) facts.fields[field] = name === '' ? null : name;
    else say([member], problem);
  }
}

const ADDRESS_FIELDS = {
  address: 'address.street',
  town: 'address.town',
  region: 'address.region',
  postcode: 'address.postcode',
} as const;

function readSystemFields(body: ContactBody, facts: ContactFacts, say: Say): void {
  const { fields } = facts;
  if (body.contactKey) facts.contactKey = body.contactKey;
  for (const [member, field] of [
    ['languageCode', 'language'],
    ['timeZone', 'time_zone'],
  ] as const) {
    const value = body[member];
    if (value == null) continue;
    const read = normalizeValue(SYSTEM_FIELDS[field]!, emptyAsNull(value));
    if (read.ok) fields[field] = read.value;
    else say([member], read.reason);
  }
  for (const [member, field] of Object.entries(ADDRESS_FIELDS)) {
    const value = body.address?.[member as keyof typeof ADDRESS_FIELDS];
    if (value != null) fields[field] = emptyAsNull(value);
  }
}

function emptyAsNull(value: string): Json {
  return value.trim() === '' ? null : value.trim();
}
