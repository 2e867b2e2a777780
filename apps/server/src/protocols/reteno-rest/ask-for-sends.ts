import type { ChannelDefinition } from '@perennial/channels';
import { contactsByIds } from '../../contacts/index.ts';
import { inTransaction } from '../../db/index.ts';
import { appendWithin, LANES, type JsonObject, type WantedSend } from '../../inbox/index.ts';
import { noteSendRequests, type NewRequest } from '../../sends/index.ts';
import type { RestContext } from './endpoint.ts';
import { readRecipient, recipientItem, type Recipient } from './recipient-item.ts';
import { REPEAT_MS } from './submit.ts';

/** One recipient as the call names it. */
export interface AskedRecipient {
  contactId?: number | null | undefined;
  externalCustomerId?: string | null | undefined;
  locator?: string | null | undefined;
  externalRequestId?: string | null | undefined;
  languageCode?: string | null | undefined;
  data?: JsonObject | undefined;
  /** What is wrong with it, when that is known before. */
  problem?: string | undefined;
}

export interface Asked {
  /** What a repeat of the request repeats, besides its recipient: the message, or the call. */
  subject: string;
  message: { id: number; version?: number };
  channel: ChannelDefinition;
  fromName?: string | undefined;
  plainLinks?: boolean | undefined;
  recipients: readonly AskedRecipient[];
}

/** What a call is told of each recipient. */
export interface AskedResult {
  locator?: string;
  status: 'OK' | 'ERROR';
  requestId?: string;
  message?: string;
}

interface Readied {
  asked: AskedRecipient;
  recipient: Recipient;
  request: NewRequest;
}

/**
 * Asks for a message to each recipient: the requests and the items that carry them stand in one
 * transaction, so that what was answered is sent, and what is asked for again is not.
 */
export async function askForSends(context: RestContext, asked: Asked): Promise<AskedResult[]> {
  const { country } = context;
  const strangers = await strangersOf(context, asked.recipients);
  // Once: it is of the whole body.
  const call = context.callHash().toString('hex');
  const read = asked.recipients.map((one, n): Readied | string => {
    if (one.problem !== undefined) return one.problem;
    if (one.contactId && strangers.has(one.contactId))
      return `contactId: there is no contact ${one.contactId}`;
    const recipient = readRecipient(one, { channel: asked.channel, country });
    if (typeof recipient === 'string') return recipient;
    return {
      asked: one,
      recipient,
      request: requestOf(context, asked, { one, recipient, n, call }),
    };
  });
  const ids = await submitAll(
    context,
    asked,
    read.filter((one) => typeof one !== 'string'),
  );
  return asked.recipients.map(({ locator }, i) => {
    const one = read[i]!;
    const shown = locator ? { locator } : {};
    return typeof one === 'string'
      ? { ...shown, status: 'ERROR', message: one }
      : { ...shown, status: 'OK', requestId: String(ids.get(one)!) };
  });
}

/** Numbers that are no contact's of this workspace. */
async function strangersOf(
  { db, workspaceId }: RestContext,
  recipients: readonly AskedRecipient[],
): Promise<Set<number>> {
  const ids = recipients.flatMap(({ contactId }) => contactId ?? []);
  if (ids.length === 0) return new Set();
  const known = await contactsByIds(db, { workspaceId, ids });
  return new Set(ids.filter((id) => !known.has(id)));
}

/** Decision 41: with a name of the caller's own it is one request for good, else for a minute. */
function requestOf(
  context: RestContext,
  { subject, message, channel }: Asked,
  {
    one,
    recipient,
    n,
    call,
  }: { one: AskedRecipient; recipient: Recipient; n: number; call: string },
): NewRequest {
  const { parts, workspaceId, now } = context;
  const named = one.externalRequestId || undefined;
  const meant =
    named === undefined ? ['call', call, n] : ['request', subject, named, recipient.ids];
  return {
    workspaceId,
    messageId: message.id,
    channel: channel.key,
    externalId: named,
    repeatKey: parts.box.sign('send request', JSON.stringify([workspaceId, ...meant])),
    repeatsEndAt: named === undefined ? new Date(now.getTime() - REPEAT_MS) : null,
  };
}

async function submitAll(
  { db, parts, workspaceId, now }: RestContext,
  asked: Asked,
  readied: readonly Readied[],
): Promise<Map<Readied, number>> {
  if (readied.length === 0) return new Map();
  return inTransaction(
    db,
    async (tx) => {
      const requests = readied.map(({ request }) => request);
      const kept = await noteSendRequests(tx, { requests, now });
      const items = readied.flatMap((one, i) => {
        const { id, isNew } = kept[i]!;
        const wants = wantedBy(asked, one, id);
        return isNew ? [recipientItem(one.recipient, { wants, now })] : [];
      });
      // Ahead of what was sent to many.
      const lane = LANES.interactive;
      if (items.length > 0)
        await appendWithin(tx, { workspaceId, lane, items, clock: parts.clock });
      return new Map(readied.map((one, i) => [one, kept[i]!.id]));
    },
    { retries: 3 },
  );
}

function wantedBy(
  { message, channel, fromName, plainLinks }: Asked,
  { asked: { languageCode, data }, recipient: { address } }: Readied,
  requestId: number,
): WantedSend {
  return {
    requestId,
    message,
    channel: channel.key,
    ...(address !== undefined && { address }),
    ...(languageCode && { language: languageCode }),
    ...(data !== undefined && { data }),
    ...(fromName && { fromName }),
    ...(plainLinks && { plainLinks }),
  };
}
