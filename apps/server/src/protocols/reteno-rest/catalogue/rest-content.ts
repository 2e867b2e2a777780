import type { ChannelKey } from '@perennial/channels';
import { z } from 'zod';
import type { Json, JsonObject } from '../../../inbox/index.ts';
import { RestError } from '../rest-error.ts';
import { listOf, restText } from '../schemas.ts';

/** How the content of one language is written in the REST API, by channel. */
export interface RestContent {
  /** In paths and summaries. */
  name: string;
  channel: ChannelKey;
  members: z.ZodRawShape;
  /** Members that are called otherwise in what is stored, by their names there. */
  names?: Record<string, string>;
  /** A content that is accepted. */
  example: JsonObject;
  /** What is stored of the members. */
  toContent(body: JsonObject): JsonObject;
  /** The members; `html` is what was made of the source. */
  fromContent(content: JsonObject, made: { html?: string | undefined }): JsonObject;
}

const BODY = 1_000_000;
const URL_LENGTH = 4096;

const optional = (longest: number) => restText(longest).nullish();
const ttl = z.int().min(1).max(2_419_200).nullish();

/** JSON in a text, as this API writes the app's own data. */
const customData = optional(32 * 1024);

function readData(text: Json | undefined, place: string): JsonObject | undefined {
  if (typeof text !== 'string' || text.trim() === '') return undefined;
  try {
    const value = JSON.parse(text) as Json;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below, with what was expected.
  }
  throw new RestError(400, `${place}: expected a JSON object, written as a text`);
}

/** Without what was not given. */
function given(members: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter(
      (entry): entry is [string, Json] =>
        entry[1] !== undefined && entry[1] !== null && entry[1] !== '',
    ),
  );
}

function writeData(data: Json | undefined): string | undefined {
  return data === undefined ? undefined : JSON.stringify(data);
}

const email: RestContent = {
  name: 'email',
  channel: 'email',
  members: {
    from: restText(500),
    subject: restText(998),
    htmlText: restText(BODY),
    rawHtml: optional(BODY),
    ampHtml: optional(BODY),
    css: optional(BODY),
  },
  example: {
    from: '"Example" <hello@example.com>',
    subject: 'Hello {{ contact.first_name }}',
    htmlText: '<p>Hello</p>',
  },
  names: { html: 'htmlText', raw_html: 'rawHtml', amp: 'ampHtml' },
  toContent: ({ from, subject, htmlText, css, rawHtml, ampHtml }) =>
    given({
      from,
      subject,
      html: css ? `<style>${css as string}</style>${htmlText as string}` : htmlText,
      raw_html: rawHtml,
      amp: ampHtml,
    }),
  fromContent: ({ from, subject, html, raw_html, amp }, made) =>
    given({ from, subject, htmlText: made.html ?? html, rawHtml: raw_html, ampHtml: amp }),
};

const sms: RestContent = {
  name: 'sms',
  channel: 'sms',
  members: { from: restText(200), text: restText(5000), trackUrls: z.boolean().nullish() },
  example: { from: 'Example', text: 'Hello' },
  names: { track_links: 'trackUrls' },
  toContent: ({ from, text, trackUrls }) =>
    given({ from, text, track_links: trackUrls === true ? true : undefined }),
  fromContent: ({ from, text, track_links }) =>
    given({ from, text, trackUrls: track_links === true }),
};

const button = z.object({
  actionId: restText(100),
  label: restText(200),
  iosIconPath: optional(200),
  link: optional(URL_LENGTH),
  customData,
});

const mobilepush: RestContent = {
  name: 'mobilepush',
  channel: 'mobile_push',
  members: {
    title: restText(1000),
    subtitle: optional(1000),
    text: restText(4000),
    link: optional(URL_LENGTH),
    imageSource: optional(URL_LENGTH),
    images: z.array(restText(URL_LENGTH)).max(10).nullish(),
    customData,
    ttlSec: ttl,
    soundEnabled: z.boolean().nullish(),
    badgeCount: z.int().min(0).nullish(),
    buttons: listOf(button, { most: 4 }).nullish(),
  },
  example: { title: 'Hello', text: 'Your plan for today is ready', link: 'app://plan' },
  names: { body: 'text', image: 'imageSource', data: 'customData', badge: 'badgeCount' },
  toContent: ({ title, subtitle, text, link, imageSource, images, soundEnabled, ...rest }) =>
    given({
      title,
      subtitle,
      body: text,
      link,
      image: imageSource,
      images: imagesOf(images),
      data: readData(rest['customData'], 'customData'),
      ttl_seconds: rest['ttlSec'],
      sound: soundEnabled === true ? 'default' : undefined,
      badge: rest['badgeCount'],
      buttons: (rest['buttons'] as JsonObject[] | null | undefined)?.map((one, n) =>
        given({
          id: one['actionId'],
          text: one['label'],
          icon: one['iosIconPath'],
          link: one['link'],
          data: readData(one['customData'], `buttons[${n}].customData`),
        }),
      ),
    }),
  fromContent: ({ title, subtitle, body, link, image, images, data, ttl_seconds, ...rest }) =>
    given({
      title,
      subtitle,
      text: body,
      link,
      imageSource: image,
      images: (images as { url: string }[] | undefined)?.map(({ url }) => url),
      customData: writeData(data),
      ttlSec: ttl_seconds,
      soundEnabled: rest['sound'] !== undefined,
      badgeCount: rest['badge'],
      buttons: (rest['buttons'] as JsonObject[] | undefined)?.map((one, n) =>
        given({
          actionId: one['id'] ?? String(n + 1),
          label: one['text'],
          iosIconPath: one['icon'],
          link: one['link'],
          customData: writeData(one['data']),
        }),
      ),
    }),
};

function imagesOf(images: Json | undefined): Json | undefined {
  const urls = ((images ?? []) as string[]).filter((url) => url !== '');
  return urls.length > 0 ? urls.map((url) => ({ url })) : undefined;
}

const appinbox: RestContent = {
  name: 'appinbox',
  channel: 'app_inbox',
  members: {
    title: restText(1000),
    text: restText(50_000),
    link: optional(URL_LENGTH),
    imageSource: optional(URL_LENGTH),
    customData,
    ttlSec: ttl,
  },
  example: { title: 'Hello', text: 'Your plan for today is ready' },
  names: { body: 'text', image: 'imageSource', data: 'customData' },
  toContent: ({ title, text, link, imageSource, customData: data, ttlSec }) =>
    given({
      title,
      body: text,
      link,
      image: imageSource,
      data: readData(data, 'customData'),
      ttl_seconds: ttlSec,
    }),
  fromContent: ({ title, body, link, image, data, ttl_seconds }) =>
    given({
      title,
      text: body,
      link,
      imageSource: image,
      customData: writeData(data),
      ttlSec: ttl_seconds,
    }),
};

const viber: RestContent = {
  name: 'viber',
  channel: 'viber',
  members: {
    from: optional(200),
    text: restText(5000),
    transactional: z.boolean().nullish(),
    img: optional(URL_LENGTH),
    caption: optional(200),
    action: optional(URL_LENGTH),
    ttlSec: ttl,
    smsFallback: z.boolean().nullish(),
    smsSender: optional(200),
    smsContent: optional(5000),
  },
  example: { from: 'Example', text: 'Hello' },
  names: { kind: 'transactional', image: 'img', button: 'caption', sms: 'smsContent' },
  toContent({ from, text, transactional, img, caption, action, ttlSec, ...rest }) {
    if (Boolean(caption) !== Boolean(action))
      throw new RestError(400, 'caption, action: expected both or neither');
    const link = given({ text: caption, link: action });
    return given({
      from,
      text,
      kind: transactional === true ? 'transactional' : undefined,
      image: img,
      button: caption ? link : undefined,
      ttl_seconds: ttlSec,
      sms: smsInPlace(rest),
    });
  },
  fromContent({ from, text, kind, image, button: shown, ttl_seconds, sms: instead }) {
    const { text: caption, link: action } = (shown ?? {}) as JsonObject;
    const { text: smsContent, from: smsSender } = (instead ?? {}) as JsonObject;
    return given({
      from,
      text,
      transactional: kind === 'transactional',
      img: image,
      caption,
      action,
      ttlSec: ttl_seconds,
      smsFallback: instead !== undefined,
      smsSender,
      smsContent,
    });
  },
};

/** What the operator sends to those whom Viber does not reach. */
function smsInPlace({ smsFallback, smsSender, smsContent }: JsonObject): JsonObject | undefined {
  if (smsFallback !== true) {
    if (!smsSender && !smsContent) return undefined;
    throw new RestError(400, 'smsSender, smsContent: expected them only with smsFallback');
  }
  if (!smsContent) throw new RestError(400, 'smsContent: expected some text with smsFallback');
  return given({ text: smsContent, from: smsSender });
}

const telegram: RestContent = {
  name: 'telegram',
  channel: 'telegram',
  members: {
    text: restText(10_000),
    imageSource: optional(URL_LENGTH),
    buttons: listOf(z.object({ text: restText(200), link: restText(URL_LENGTH) }), {
      most: 10,
    }).nullish(),
  },
  example: { text: 'Hello' },
  names: { image: 'imageSource' },
  toContent: ({ text, imageSource, buttons }) => given({ text, image: imageSource, buttons }),
  fromContent: ({ text, image, buttons }) => given({ text, imageSource: image, buttons }),
};

/** A line a channel. */
export const restContents: readonly RestContent[] = [
  email,
  sms,
  mobilepush,
  viber,
  appinbox,
  telegram,
];
