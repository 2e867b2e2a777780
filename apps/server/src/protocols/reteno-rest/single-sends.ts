import { findChannel, type ChannelDefinition } from '@perennial/channels';
import { z } from 'zod';
import type { JsonObject } from '../../inbox/index.ts';
import { keepSingleContent, literalText } from '../../messages/index.ts';
import { askForSends } from './ask-for-sends.ts';
import { orSayContent } from './content-problems.ts';
import { defineEndpoint, type Endpoint, type RestContext } from './endpoint.ts';
import { MOST_RECIPIENTS } from './message-sends.ts';
import { RestError } from './rest-error.ts';
import { listOf, restId, restText } from './schemas.ts';
import { sendToGroup } from './send-to-group.ts';
import { categoryKeys, requireCategories } from './subscriptions.ts';

/** What single sends of all channels have in common. */
const common = {
  tags: listOf(restText(50), { most: 50 }).nullish(),
  externalRequestId: restText(255).nullish(),
  subscriptionsKeys: categoryKeys.nullish(),
};

interface Single {
  channel: ChannelDefinition;
  content: JsonObject;
  /** Members that are called otherwise in the content, by their names there. */
  names: Record<string, string>;
  locators?: readonly string[] | null | undefined;
  /** Everybody in it, in place of addresses. */
  groupId?: number | null | undefined;
  tags?: string[] | null | undefined;
  externalRequestId?: string | null | undefined;
  subscriptionsKeys?: string[] | null | undefined;
  plainLinks?: boolean;
}

/** Sends content of its own to addresses, or to everybody in a list or segment. */
async function sendSingle(context: RestContext, single: Single): Promise<object> {
  const { db, workspaceId } = context;
  const { locators, groupId, subscriptionsKeys } = single;
  if (groupId && locators?.length)
    throw new RestError(400, 'phoneNumbers, groupId: expected one of them');
  const categories = subscriptionsKeys ?? [];
  const tags = (single.tags ?? []).filter((tag) => tag.trim() !== '');
  await requireCategories(db, { workspaceId, keys: categories });
  const kept = { ...single, categories, tags };
  if (groupId) return sendToGroup(context, { ...kept, groupId });
  if (!locators?.length) throw new RestError(400, 'expected at least one address');
  return sendToAddresses(context, { ...kept, locators });
}

interface SingleKept extends Single {
  locators: readonly string[];
  tags: string[];
  categories: string[];
}

/** Keeps the content, and asks for it to be sent to every address. */
async function sendToAddresses(context: RestContext, single: SingleKept): Promise<object> {
  const { db, parts, workspaceId, by } = context;
  const { channel, content, locators, externalRequestId: named, plainLinks, names } = single;
  const { tags, categories } = single;
  const { messageId, version } = await orSayContent(
    () =>
      keepSingleContent(db, parts, {
        workspaceId,
        by,
        channel: channel.key,
        content,
        tags,
        categories,
      }),
    names,
  );
  const results = await askForSends(context, {
    subject: `single ${channel.key}`,
    message: { id: messageId, version },
    channel,
    plainLinks,
    recipients: locators.map((locator) => ({ locator, externalRequestId: named })),
  });
  return { id: 0, results };
}

const email = defineEndpoint({
  method: 'POST',
  url: '/v1/message/email',
  summary: 'Send a single e-mail with its own content',
  description:
    'To up to 1,000 addresses; who has one that nobody has becomes a confirmed contact. Texts are ' +
    'filled with the contact unless `skipPersonalisation`, and links are tracked unless ' +
    '`trackUrls` is false. `ampHtmlText` goes with it as the part that mail programs show which ' +
    'know AMP for Email.',
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
    const { from, subject, htmlText, plainText, ampHtmlText, ...others } = context.body;
    const { skipPersonalisation, trackUrls, emails, ...rest } = others;
    const write = skipPersonalisation ? literalText : (text: string) => text;
    const content = {
      from: write(from),
      subject: write(subject),
      html: write(htmlText),
      ...(plainText && { text: write(plainText) }),
      ...(ampHtmlText && { amp: write(ampHtmlText) }),
    };
    return sendSingle(context, {
      ...rest,
      channel: findChannel('email')!,
      content,
      names: { html: 'htmlText', text: 'plainText', amp: 'ampHtmlText' },
      locators: emails,
      plainLinks: trackUrls === false,
    });
  },
});

const phoneNumbers = z.preprocess(
  (value) => (typeof value === 'string' || typeof value === 'number' ? [value] : value),
  z.array(restText(50)).max(MOST_RECIPIENTS).nullish(),
);

/** Said of both channels that reach phones. */
const TO_GROUP =
  'With `groupId` in place of `phoneNumbers` it goes to everybody in that list or segment, as a ' +
  'broadcast does: not to those who unsubscribed, and answered with its `broadcastId`.';

const smsBody = z.object({
  from: restText(200),
  text: restText(5000),
  phoneNumbers,
  groupId: restId.nullish(),
  trackUrls: z.boolean().nullish(),
  ...common,
});

/** The same under its name and the old one. */
function smsEndpoint(url: '/v1/message/sms' | '/v1/callouts/sms', summary: string): Endpoint {
  return defineEndpoint({
    method: 'POST',
    url,
    summary,
    description:
      'To up to 1,000 phone numbers. With `trackUrls`, web links in the text lead through this ' +
      `program, which makes them longer. ${TO_GROUP}`,
    rights: ['messages.send'],
    oldAnswer: true,
    body: smsBody,
    example: { from: 'Example', text: 'Your code is 1234', phoneNumbers: ['380501234567'] },
    handler: async (context) => {
      const { from, text, phoneNumbers: locators, trackUrls, ...rest } = context.body;
      return sendSingle(context, {
        ...rest,
        channel: findChannel('sms')!,
        content: { from, text, ...(trackUrls && { track_links: true }) },
        names: {},
        locators,
      });
    },
  });
}

const sms = smsEndpoint('/v1/message/sms', 'Send a single SMS with its own text');
const callout = smsEndpoint('/v1/callouts/sms', 'Send a single SMS (the old name)');

const viber = defineEndpoint({
  method: 'POST',
  url: '/v1/message/viber',
  summary: 'Send a single Viber message with its own text',
  description:
    'To up to 1,000 phone numbers. `img`, `caption` and `action` are the picture, the words of ' +
    'the button and its link; `iosExpirityText` is what iPhones show of one that came too late. ' +
    TO_GROUP,
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
    groupId: restId.nullish(),
    ...common,
  }),
  example: { text: 'Your order is on its way', phoneNumbers: ['380501234567'] },
  handler: async (context) => {
    const { from, text, img, caption, action, ttlSeconds, iosExpirityText, ...others } =
      context.body;
    const { phoneNumbers: locators, ...rest } = others;
    if (Boolean(caption) !== Boolean(action))
      throw new RestError(400, 'caption, action: expected both or neither');
    const content = {
      text,
      ...(from && { from }),
      ...(img && { image: img }),
      ...(caption && action && { button: { text: caption, link: action } }),
      ...(ttlSeconds && { ttl_seconds: ttlSeconds }),
      ...(iosExpirityText && { expired_text: iosExpirityText }),
    };
    return sendSingle(context, {
      ...rest,
      channel: findChannel('viber')!,
      content,
      names: { image: 'img', button: 'caption', expired_text: 'iosExpirityText' },
      locators,
    });
  },
});

export const singleSendEndpoints: Endpoint[] = [email, sms, viber, callout];
