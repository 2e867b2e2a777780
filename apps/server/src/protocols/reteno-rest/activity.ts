import { z } from 'zod';
import {
  findByToken,
  findContactsMeant,
  normalizeEmail,
  normalizePlainPhone,
  parseInstant,
  type ContactRef,
} from '../../contacts/index.ts';
import { pageOfFacts, readTypeIds, type TypeOfFacts } from '../../events/index.ts';
import { messagesOfContact, readToldFacts, type MessageOfContact } from '../../reports/index.ts';
import { taggedWith } from '../../tags/index.ts';
import {
  ACTIVITY_SOURCES,
  ACTIVITY_STATUSES,
  MEDIA_TYPES,
  type ActivityStatus,
} from './activity-words.ts';
import { contactActivity } from './contact-activity.ts';
import { defineEndpoint, type Endpoint, type RestContext } from './endpoint.ts';
import { READS } from './known-contact.ts';
import { RestError } from './rest-error.ts';
import { restStatus } from './rest-status.ts';
import { queryNumber } from './schemas.ts';

const DAY_MS = 86_400_000;
/** Three months, whichever they are. */
const LONGEST_MS = 92 * DAY_MS;
const MOST_ACTIVITIES = 25_000;
const MOST_MESSAGES = 100;
const FARTHEST = 1_000_000;

/** A day or a minute, UTC unless it says otherwise. */
const restTime = z.string().max(50).meta({ description: 'YYYY-MM-DD or YYYY-MM-DDTHH:mm' });

const period = { dateFrom: restTime, dateTo: restTime };

/** The end of a day given without a time is in it. */
function readPeriod({ dateFrom, dateTo }: { dateFrom: string; dateTo: string }): {
  from: Date;
  to: Date;
} {
  const from = instantOf('dateFrom', dateFrom);
  const to = instantOf('dateTo', dateTo) + (/^\d{4}-\d\d-\d\d$/.test(dateTo) ? DAY_MS : 0);
  if (to <= from) throw new RestError(400, 'dateTo: expected a time after dateFrom');
  if (to - from > LONGEST_MS)
    throw new RestError(400, 'dateTo: expected at most three months after dateFrom');
  return { from: new Date(from), to: new Date(to) };
}

function instantOf(member: string, text: string): number {
  const at = parseInstant(text);
  if (at === undefined)
    throw new RestError(400, `${member}: expected a time like 2026-01-31T09:30 or a day`);
  return at;
}

const activityQuery = z.object({
  ...period,
  email: z.string().max(500).optional(),
  sms: z.string().max(50).optional(),
  webPushToken: z.string().max(4096).optional(),
  mobPushToken: z.string().max(4096).optional(),
  messageTag: z.string().max(50).optional(),
  activityStatus: z
    .enum(ACTIVITY_STATUSES, { error: `expected one of ${ACTIVITY_STATUSES.join(', ')}` })
    .optional(),
  offset: queryNumber({ from: 0, to: FARTHEST }).default(0),
  maxrows: queryNumber({ from: 1, to: MOST_ACTIVITIES }).default(MOST_ACTIVITIES),
});

const activity = defineEndpoint({
  method: 'GET',
  url: '/v2/contacts/activity',
  summary: 'List what became of messages to all contacts',
  description:
    'In the order in which it happened, over at most three months; `offset` counts activities from ' +
    'the first of the period and stands in each. By the address of a contact it lists those of ' +
    'whoever has the address now. What machines opened is left out.',
  rights: [...READS, 'reports.read'],
  query: activityQuery,
  handler: async (context) => {
    const { db, workspaceId, query } = context;
    const { offset, maxrows: limit } = query;
    const when = readPeriod(query);
    const contactIds = await contactsMeant(context);
    const messageIds =
      query.messageTag === undefined
        ? undefined
        : await taggedWith(db, { workspaceId, kind: 'message', name: query.messageTag });
    if (contactIds?.length === 0 || messageIds?.length === 0) return [];
    const types = await typesOf(context, query.activityStatus);
    const page = { types, ...when, contactIds, messageIds, offset, limit };
    const keys = types.length === 0 ? [] : await pageOfFacts(db, page);
    const told = await readToldFacts(db, { workspaceId, keys });
    const place = new Map(keys.map((key, n) => [key.id, offset + n + 1]));
    return told.flatMap((one) => {
      const shown = contactActivity(one);
      return shown ? [{ ...shown, offset: place.get(one.fact.id) }] : [];
    });
  },
});

async function typesOf(
  { db, workspaceId }: Pick<RestContext, 'db' | 'workspaceId'>,
  status: ActivityStatus | undefined,
): Promise<TypeOfFacts[]> {
  const sources = (status ? [status] : ACTIVITY_STATUSES).flatMap((one) => ACTIVITY_SOURCES[one]);
  const ids = await readTypeIds(db, { workspaceId });
  return sources.flatMap(({ type, channels }) => {
    const typeId = ids.get(type);
    return typeId === undefined ? [] : [{ typeId, channels }];
  });
}

/** Whose activities are asked for; undefined: everybody's. */
async function contactsMeant({
  db,
  workspaceId,
  country,
  query,
}: RestContext<unknown, z.output<typeof activityQuery>>): Promise<number[] | undefined> {
  const { email, sms, webPushToken, mobPushToken } = query;
  const asked = [email, sms, webPushToken, mobPushToken].filter((value) => value !== undefined);
  if (asked.length === 0) return undefined;
  if (asked.length > 1) throw new RestError(400, 'expected one of email, sms and the tokens');
  if (email !== undefined) {
    const address = normalizeEmail(email);
    if (address === undefined) throw new RestError(400, 'email: expected an e-mail address');
    return meant(db, workspaceId, { email: address });
  }
  if (sms !== undefined) {
    const phone = normalizePlainPhone(sms, country);
    if (phone === undefined) throw new RestError(400, 'sms: expected a phone number');
    return meant(db, workspaceId, { phone });
  }
  const token = mobPushToken ?? webPushToken!;
  const kind = mobPushToken === undefined ? 'web_push' : 'push_token';
  const owner = await findByToken(db, { workspaceId, token, kind });
  return owner ? [owner.contactId] : [];
}

async function meant(
  db: RestContext['db'],
  workspaceId: number,
  ref: ContactRef,
): Promise<number[]> {
  const ids = await findContactsMeant(db, { workspaceId, refs: [ref] });
  return ids.filter((id) => id !== undefined);
}

const CHANNELS = new Map(Object.entries(MEDIA_TYPES).map(([channel, name]) => [name, channel]));

/** Names with commas between them. */
const channelTypes = z
  .string()
  .max(200)
  .transform((text, ctx): string[] => {
    const names = text
      .split(',')
      .map((name) => name.trim().toLowerCase().replaceAll(/[_ -]/g, ''))
      .filter((name) => name !== '');
    const channels = names.map((name) => CHANNELS.get(name));
    if (channels.every((channel) => channel !== undefined)) return channels;
    ctx.addIssue(`expected some of ${[...CHANNELS.keys()].join(', ')} with commas between them`);
    return z.NEVER;
  });

const messagesQuery = z.object({
  ...period,
  contactId: queryNumber({ from: 1, to: Number.MAX_SAFE_INTEGER }).optional(),
  externalCustomerId: z.string().max(300).optional(),
  email: z.string().max(500).optional(),
  phone: z.string().max(50).optional(),
  channelTypes: channelTypes.optional(),
  offset: queryNumber({ from: 0, to: FARTHEST }).default(0),
  maxrows: queryNumber({ from: 1, to: MOST_MESSAGES }).default(10),
});

const messages = defineEndpoint({
  method: 'GET',
  url: '/v2/contacts/messages',
  summary: 'List the messages of a contact, newest first',
  description:
    'Named by one of `contactId`, `externalCustomerId`, `email` and `phone`. With the messages that ' +
    'were decided against, and why.',
  rights: READS,
  query: messagesQuery,
  handler: async (context) => {
    const { db, workspaceId, query } = context;
    const when = readPeriod(query);
    const [contactId] = await findContactsMeant(db, { workspaceId, refs: [refOf(context)] });
    if (contactId === undefined) throw new RestError(404, 'There is no such contact.');
    const rows = await messagesOfContact(db, {
      workspaceId,
      contactId,
      ...when,
      channels: query.channelTypes,
      offset: query.offset,
      limit: query.maxrows,
    });
    return rows.map((row) => messageOf(row, contactId));
  },
});

function refOf({
  query,
  country,
}: RestContext<unknown, z.output<typeof messagesQuery>>): ContactRef {
  const { contactId, externalCustomerId, email, phone } = query;
  const refs: ContactRef[] = [
    ...(contactId === undefined ? [] : [contactId]),
    ...(externalCustomerId === undefined ? [] : [{ external_id: externalCustomerId }]),
    ...(email === undefined ? [] : [{ email }]),
    ...(phone === undefined ? [] : [{ phone: normalizePlainPhone(phone, country) ?? phone }]),
  ];
  if (refs.length === 1) return refs[0]!;
  throw new RestError(400, 'expected one of contactId, externalCustomerId, email and phone');
}

function messageOf(row: MessageOfContact, contactId: number): object {
  const status = restStatus(row);
  const members = {
    id: row.send_id,
    contactId,
    messageId: row.message_id,
    messageName: row.message_name,
    mediaType: MEDIA_TYPES[row.channel] ?? row.channel,
    languageCode: row.language,
    address: row.address,
    sentDateTime: row.created_at.toISOString(),
    status,
    statusDateTime: (row.status_at ?? row.created_at).toISOString(),
    statusDescription: row.reason,
    broadcastId: row.campaign_id,
    workflowId: row.workflow_id,
    workflowBlockId: row.block,
    workflowInstanceId: row.run_id,
    externalRequestId: row.external_request_id,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
}

export const activityEndpoints: Endpoint[] = [activity, messages];
