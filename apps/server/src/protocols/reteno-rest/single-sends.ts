import { findChannel, type ChannelDefinition } from '@perennial/channels';
import { z } from 'zod';
import { Problem, sanitizeJson } from '../../http/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import { findMessage, keepSingleContent, literalText } from '../../messages/index.ts';
import { askForSends, type AskedRecipient, type AskedResult } from './ask-for-sends.ts';
import { orSayContent } from './content-problems.ts';
import { defineEndpoint, type Endpoint, type RestContext } from './endpoint.ts';
import { RestError } from './rest-error.ts';
import { idParams, listOf, restId, restText } from './schemas.ts';
import { categoryKeys, requireCategories } from './subscriptions.ts';

const MOST_RECIPIENTS = 1000;
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
    const { db, workspaceId, params, body } = context;
    const message = await findMessage(db, { workspaceId, id: params.id });
    const channel = message && findChannel(message.channel);
    if (!message || message.archived_at || !channel)
      throw new RestError(404, `There is no message with id='${params.id}'.`);
    if (body.email === true && channel.key !== 'email')
      throw new RestError(400, `email: the message is for ${channel.label}`);
    const results = await askForSends(context, {
      subject: `message ${message.id}`,
      message: { id: message.id },
      channel,
      fromName: body.fromName?.trim() || undefined,
      recipients: body.recipients.map(askedRecipient),
    });
    return answerOf(results);
  },
});

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

function answerOf(results: AskedResult[]): object {
  return { id: 0, results };
}

/** What single sends of all channels have in common. */
const common = {
  tags: listOf(restText(50), { most: 50 }).nullish(),
  externalRequestId,
  subscriptionsKeys: categoryKeys.nullish(),
};

interface Single {
  channel: ChannelDefinition;
  content: JsonObject;
  locators: readonly string[];
  tags?: string[] | null | undefined;
  externalRequestId?: string | null | undefined;
  subscriptionsKeys?: string[] | null | undefined;
  plainLinks?: boolean;
}

/** Keeps the content, and asks for it to be sent to every address. */
async function sendSingle(context: RestContext, single: Single): Promise<object> {
  const { db, parts, workspaceId, by } = context;
  const { channel, content, locators, externalRequestId: named, plainLinks } = single;
  if (locators.length === 0) throw new RestError(400, 'expected at least one address');
  const categories = single.subscriptionsKeys ?? [];
  await requireCategories(db, { workspaceId, keys: categories });
  const tags = (single.tags ?? []).filter((tag) => tag.trim() !== '');
  const { messageId, version } = await orSayContent(() =>
    keepSingleContent(db, parts, {
      workspaceId,
      by,
      channel: channel.key,
      content,
      tags,
      categories,
    }),
  );
  const results = await askForSends(context, {
    subject: `single ${channel.key}`,
    message: { id: messageId, version },
    channel,
    plainLinks,
    recipients: locators.map((locator) => ({ locator, externalRequestId: named })),
  });
  return answerOf(results);
}

const email = defineEndpoint({
  method: 'POST',
  url: '/v1/message/email',
  summary: 'Send a single e-mail with its own content',
  description:
    'To up to 1,000 addresses; who has one that nobody has becomes a confirmed contact. Texts are ' +
    'filled with the contact unless `skipPersonalisation`, and links are tracked unless ' +
    '`trackUrls` is false. `ampHtmlText` is not sent.',
  rights: ['messages.send'],
  oldAnswer: true,
  bodyLimit: 4 * 1024 * 1024,
  body: z.object({
    from: restText(500),
    subject: restText(998),
    htmlText: restText(1_000_000),
    plainText: restText(1_000_000).nullish(),
    ampHtmlText: restText(1_000_000).nullish(),
    emails: z.preprocess(
      (value) => (typeof value === 'string' ? [value] : value),
      z.array(restText(500)).max(MOST_RECIPIENTS),
    ),
    skipPersonalisation: z.boolean().nullish(),
    trackUrls: z.boolean().nullish(),
    ...common,
  }),
  example: {
    from: '"Example" <hello@example.com>',
    subject: 'Your order is on its way',
    htmlText: '<p>Hello {{ contact.first_name }}</p>',
    emails: ['ada@example.com'],
    externalRequestId: 'order-17-shipped',
  },
  handler: async (context) => {
    const { from, subject, htmlText, plainText, skipPersonalisation, trackUrls, emails, ...rest } =
      context.body;
    const write = skipPersonalisation ? literalText : (text: string) => text;
    const content = {
      from: write(from),
      subject: write(subject),
      html: write(htmlText),
      ...(plainText && { text: write(plainText) }),
    };
    return sendSingle(context, {
      ...rest,
      channel: findChannel('email')!,
      content,
      locators: emails,
      plainLinks: trackUrls === false,
    });
  },
});

const phoneNumbers = z.preprocess(
  (value) => (typeof value === 'string' || typeof value === 'number' ? [value] : value),
  z.array(restText(50)).max(MOST_RECIPIENTS),
);

const sms = defineEndpoint({
  method: 'POST',
  url: '/v1/message/sms',
  summary: 'Send a single SMS with its own text',
  description: 'To up to 1,000 phone numbers. For a list, send a broadcast.',
  rights: ['messages.send'],
  oldAnswer: true,
  body: z.object({
    from: restText(200),
    text: restText(5000),
    phoneNumbers,
    ...common,
  }),
  example: { from: 'Example', text: 'Your code is 1234', phoneNumbers: ['380501234567'] },
  handler: async (context) => {
    const { from, text, phoneNumbers: locators, ...rest } = context.body;
    const content = { from, text };
    return sendSingle(context, { ...rest, channel: findChannel('sms')!, content, locators });
  },
});

const viber = defineEndpoint({
  method: 'POST',
  url: '/v1/message/viber',
  summary: 'Send a single Viber message with its own text',
  description:
    'To up to 1,000 phone numbers. `img`, `caption` and `action` are the picture, the words of ' +
    'the button and its link.',
  rights: ['messages.send'],
  oldAnswer: true,
  body: z.object({
    from: restText(200).nullish(),
    text: restText(5000),
    iosExpirityText: restText(5000).nullish(),
    ttlSeconds: z
      .int()
      .min(1)
      .max(28 * 86_400)
      .nullish(),
    img: restText(2000).nullish(),
    caption: restText(200).nullish(),
    action: restText(2000).nullish(),
    phoneNumbers,
    ...common,
  }),
  example: { text: 'Your order is on its way', phoneNumbers: ['380501234567'] },
  handler: async (context) => {
    const {
      text,
      img,
      caption,
      action,
      ttlSeconds,
      phoneNumbers: locators,
      ...rest
    } = context.body;
    if (Boolean(caption) !== Boolean(action))
      throw new RestError(400, 'caption, action: expected both or neither');
    const content = {
      text,
      ...(img && { image: img }),
      ...(caption && action && { button: { text: caption, link: action } }),
      ...(ttlSeconds && { ttl_seconds: ttlSeconds }),
    };
    return sendSingle(context, { ...rest, channel: findChannel('viber')!, content, locators });
  },
});

export const singleSendEndpoints: Endpoint[] = [smartsend, email, sms, viber];
