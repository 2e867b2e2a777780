import { findChannel } from '@perennial/channels';
import { z } from 'zod';
import { Problem, sanitizeJson } from '../../http/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import { findMessage } from '../../messages/index.ts';
import { askForSends, type AskedRecipient } from './ask-for-sends.ts';
import { defineEndpoint, type Endpoint, type RestContext } from './endpoint.ts';
import { RestError } from './rest-error.ts';
import { idParams, listOf, restId, restText } from './schemas.ts';

export const MOST_RECIPIENTS = 1000;
/** Characters; as much as an event may carry. */
const MOST_DATA = 32 * 1024;

const externalRequestId = restText(255).nullish();

const recipientSchema = z.object({
  contactId: restId.nullish(),
  externalCustomerId: restText(300).nullish(),
  locator: restText(4096).nullish(),
  jsonParam: z.union([z.string(), z.looseObject({})]).nullish(),
  externalRequestId,
  languageCode: restText(35).nullish(),
});

const smartsend = defineEndpoint({
  method: 'POST',
  url: '/v1/message/:id/smartsend',
  summary: 'Send a message to single recipients',
  description:
    'Up to 1,000. A recipient is a `contactId`, an `externalCustomerId` or a `locator`: an e-mail ' +
    'address, a phone number, a token, a chat or a device, by the channel of the message. Who has ' +
    'an address that nobody has becomes a confirmed contact. `jsonParam` (JSON in a text) is ' +
    '`data` in the message. What somebody waits for overtakes campaigns, and goes to those who ' +
    'unsubscribed, too. Each recipient is answered by itself; a `requestId` asks for the status. ' +
    'A request with the same `externalRequestId`, message and recipient is not sent twice; ' +
    'without one, the same call within a minute is not.',
  rights: ['messages.send'],
  oldAnswer: true,
  bodyLimit: 10 * 1024 * 1024,
  params: idParams,
  body: z.object({
    recipients: listOf(recipientSchema, { most: MOST_RECIPIENTS }),
    email: z.boolean().nullish(),
    fromName: restText(200).nullish(),
  }),
  example: {
    recipients: [
      {
        locator: 'ada@example.com',
        jsonParam: '{"order": 17}',
        externalRequestId: 'order-17-shipped',
      },
    ],
  },
  handler: async (context) => {
    const { recipients, ...how } = context.body;
    return sendMessage(context, { ...how, recipients: recipients.map(askedRecipient) });
  },
});

const paramSchema = z.object({ key: restText(200), value: z.json() });

const send = defineEndpoint({
  method: 'POST',
  url: '/v1/message/:id/send',
  summary: 'Send a message to single recipients (an old call)',
  description:
    'As `smartsend`, to addresses alone: `recipients` are texts, or one text. `params`, a list of ' +
    '`key` and `value`, are `data` in the message, the same for all.',
  rights: ['messages.send'],
  oldAnswer: true,
  params: idParams,
  body: z.object({
    recipients: z.preprocess(
      (value) => (typeof value === 'string' || typeof value === 'number' ? [value] : value),
      z.array(restText(4096)).max(MOST_RECIPIENTS),
    ),
    params: listOf(paramSchema, { most: 200 }).nullish(),
    externalRequestId,
    email: z.boolean().nullish(),
    fromName: restText(200).nullish(),
  }),
  example: {
    recipients: ['ada@example.com'],
    params: [{ key: 'order', value: '17' }],
  },
  handler: async (context) => {
    const { recipients, params, externalRequestId: named, ...how } = context.body;
    const data = dataOf(Object.fromEntries((params ?? []).map(({ key, value }) => [key, value])));
    if (typeof data === 'string') throw new RestError(400, data.replace('jsonParam', 'params'));
    return sendMessage(context, {
      ...how,
      recipients: recipients.map((locator) => ({ locator, externalRequestId: named, data })),
    });
  },
});

interface HowToSend {
  recipients: AskedRecipient[];
  email?: boolean | null | undefined;
  fromName?: string | null | undefined;
}

/** Asks for a message of the library to be sent to each recipient. */
async function sendMessage(
  context: RestContext<{ id: number }>,
  { recipients, email, fromName }: HowToSend,
): Promise<object> {
  const { db, workspaceId, params } = context;
  const message = await findMessage(db, { workspaceId, id: params.id });
  const channel = message && findChannel(message.channel);
  if (!message || message.archived_at || !channel)
    throw new RestError(404, `There is no message with id='${params.id}'.`);
  if (email === true && channel.key !== 'email')
    throw new RestError(400, `email: the message is for ${channel.label}`);
  if (recipients.length === 0) throw new RestError(400, 'expected at least one recipient');
  const results = await askForSends(context, {
    subject: `message ${message.id}`,
    message: { id: message.id },
    channel,
    fromName: fromName?.trim() || undefined,
    recipients,
  });
  return { id: 0, results };
}

function askedRecipient({
  jsonParam,
  ...recipient
}: z.output<typeof recipientSchema>): AskedRecipient {
  const data = dataOf(jsonParam);
  return typeof data === 'string' ? { ...recipient, problem: data } : { ...recipient, data };
}

/** What `data` is in the message, or what is wrong with it. */
function dataOf(jsonParam: string | object | null | undefined): JsonObject | undefined | string {
  if (jsonParam === null || jsonParam === undefined || jsonParam === '') return undefined;
  const text = typeof jsonParam === 'string' ? jsonParam : JSON.stringify(jsonParam);
  if (text.length > MOST_DATA) return `jsonParam: expected at most ${MOST_DATA} characters`;
  try {
    const value: unknown = sanitizeJson(JSON.parse(text));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as JsonObject;
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof Problem)) throw error;
  }
  return 'jsonParam: expected a JSON object, written as a text';
}

export const messageSendEndpoints: Endpoint[] = [smartsend, send];
