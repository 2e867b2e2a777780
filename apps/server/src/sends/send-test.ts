import { findChannel } from '@perennial/channels';
import type { Json } from '../inbox/index.ts';
import { normalizeEmail, normalizePhone } from '../contacts/index.ts';
import { inTransaction, type Pool } from '../db/index.ts';
import { notFound, Problem } from '../http/index.ts';
import {
  chooseLanguage,
  findContactCard,
  findMessage,
  subjectsOf,
  type ContactRef,
} from '../messages/index.ts';
import { lockSlots, slotOf } from '../slots/index.ts';
import { findSuppressions } from '../suppressions/index.ts';
import type { SendRequest } from './decision.ts';
import { suppressionAgainst } from './gates/suppression.ts';
import { insertDeliveries, insertSends, takeIds } from './queries.ts';

export interface TestToSend {
  workspaceId: number;
  messageId: number;
  to: string;
  contact?: ContactRef | undefined;
  language?: string | undefined;
  /** Which of several subjects; default: the first. */
  subject?: number | undefined;
  context: { event?: Json; run?: Json; data?: Json };
  slots: number;
  now: Date;
}

/**
 * Sends a message to an address that somebody typed, filled with a contact's data, by the
 * provider that would carry it in earnest. Marked as a test: no facts, no reports, no counting.
 */
export async function sendTest(
  db: Pool,
  test: TestToSend,
): Promise<{ send: string; delivery: string }> {
  const { workspaceId, messageId, slots, now } = test;
  const message = await findMessage(db, { workspaceId, id: messageId });
  if (!message) throw notFound('message');
  const { channel } = message;
  const address = await checkAddress(db, { ...test, channel });
  const card =
    test.contact === undefined
      ? undefined
      : await findContactCard(db, { workspaceId, ref: test.contact });
  if (test.contact !== undefined && !card) throw notFound('contact');
  const contactId = card?.id ?? 0;
  const slot = slotOf(contactId, slots);
  const request: SendRequest = {
    workspaceId,
    contactId,
    slot,
    messageId,
    channel,
    transactional: false,
    test: true,
    context: test.context,
    at: now,
  };
  const wanted = [test.language, languageOf(card?.fields['language'])];
  const language = chooseLanguage({
    languages: Object.keys(message.content),
    wanted,
    fallback: message.default_language,
  });
  const subject = checkSubject(test, subjectsOf(message.content[language] ?? {}));
  return inTransaction(db, async (tx) => {
    // Rows of a contact are written by the owner of its slot.
    await lockSlots(tx, { slots: [slot] });
    const ids = await takeIds(tx, { sends: 1, deliveries: 1 });
    const [sendId, deliveryId] = [ids.sends[0]!, ids.deliveries[0]!];
    await insertSends(tx, {
      sends: [
        {
          id: sendId,
          request,
          messageVersion: message.version,
          language,
          decision: 'sent',
          reasons: [{ gate: 'test', passed: true, details: 'Sent by hand; no gate was asked.' }],
          status: 'queued',
          reason: null,
          holdUntil: null,
          expiresAt: null,
          priority: 2,
          countsAt: null,
          now,
        },
      ],
    });
    await insertDeliveries(tx, {
      deliveries: [
        {
          id: deliveryId,
          sendId,
          request,
          address,
          app: null,
          lane: 0,
          dueAt: now,
          expiresAt: null,
          subject,
          now,
        },
      ],
    });
    return { send: String(sendId), delivery: String(deliveryId) };
  });
}

/** Null: there is nothing to choose from. */
function checkSubject(
  { subject = 0 }: Pick<TestToSend, 'subject'>,
  { length }: readonly string[],
): number | null {
  if (subject < length) return length > 1 ? subject : null;
  if (subject === 0) return null;
  const message = `The message has ${length} ${length === 1 ? 'subject' : 'subjects'}; the first is 0.`;
  throw new Problem('unprocessable', {
    detail: message,
    errors: [{ path: '/subject', message, in: 'body' }],
  });
}

function languageOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** An address of the channel's form that is not dead. */
export async function checkAddress(
  db: Pool,
  {
    workspaceId,
    channel,
    to,
    path = '/to',
    now,
  }: Pick<TestToSend, 'workspaceId' | 'to' | 'now'> & {
    channel: string;
    /** Where in the call the address stands. */
    path?: string;
  },
): Promise<string> {
  const kind = findChannel(channel)?.address;
  const address =
    kind === 'email' ? normalizeEmail(to) : kind === 'phone' ? normalizePhone(to) : to;
  if (address === undefined) {
    throw new Problem('unprocessable', {
      detail:
        kind === 'email'
          ? 'This is no e-mail address.'
          : 'This is no phone number; write it as +380501234567.',
      errors: [{ path, message: 'Not an address of this channel.', in: 'body' }],
    });
  }
  const found = await findSuppressions(db, { addresses: [{ workspaceId, channel, address }], now });
  const reason = suppressionAgainst({
    reasons: found.map((row) => row.reason),
    transactional: true,
  });
  if (!reason) return address;
  throw new Problem('unprocessable', {
    detail: `Nothing may be sent to this address: it is ${reason}.`,
    errors: [{ path, message: `The address is ${reason}.`, in: 'body' }],
  });
}
