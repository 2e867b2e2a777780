import { z } from 'zod';
import {
  changeMessage,
  createMessage,
  createRecipientTokens,
  loadVersion,
  messageUrl,
  pageOfMessages,
  readMessage,
  recipientTokenKey,
  type MessageWithTags,
} from '../../../messages/index.ts';
import { Problem } from '../../../http/index.ts';
import type { JsonObject } from '../../../inbox/index.ts';
import { tagNamesOf } from '../../../tags/index.ts';
import { Answer, defineEndpoint, type Endpoint, type RestContext } from '../endpoint.ts';
import { orSayContent } from '../content-problems.ts';
import { RestError } from '../rest-error.ts';
import { idParams, listOf, restId, restPage, restText } from '../schemas.ts';
import { categoryKeys, requireCategories } from '../subscriptions.ts';
import { restContents, type RestContent } from './rest-content.ts';

const DEFAULT_LANGUAGE = 'en';
/** As the management API takes languages. */
const languageCode = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, {
  error: 'expected a language like en or pt-BR',
});
const languageParams = z.object({ id: restId, language: languageCode });

/** What a message has beside its content. */
const common = {
  name: restText(200),
  languageCode: languageCode.nullish(),
  tags: listOf(restText(50), { most: 50 }).nullish(),
  subscriptionsKeys: categoryKeys.nullish(),
};

/** The catalogue of one channel; the same calls for each. */
function catalogueOf(rest: RestContent): Endpoint[] {
  const { name, channel, example } = rest;
  const orSay = <Outcome>(act: () => Promise<Outcome>) => orSayContent(act, rest.names);
  const url = `/v1/messages/${name}` as const;
  const whole = z.object({ ...common, ...rest.members });
  const translation = z.object(rest.members);
  const bodyLimit = 4 * 1024 * 1024;

  const list = defineEndpoint({
    method: 'GET',
    url,
    summary: `List messages: ${name}`,
    description:
      'Newest first, without their bodies; `search` is a part of the name. Header `TotalCount`: ' +
      'how many there are.',
    rights: ['reports.read'],
    query: z.object({ ...restPage, search: z.string().max(200).optional() }),
    handler: async ({ db, workspaceId, query: { search, startindex, maxrows } }) => {
      const page = { workspaceId, channel, search, offset: startindex - 1, limit: maxrows };
      const { rows, total } = await pageOfMessages(db, page);
      const tags = await tagNamesOf(db, { kind: 'message', ids: rows.map(({ id }) => id) });
      const shown = rows.map((row) => headOf(rest, { ...row, tags: tags.get(row.id) ?? [] }));
      return new Answer(shown, { headers: { TotalCount: String(total) } });
    },
  });

  const create = defineEndpoint({
    method: 'POST',
    url,
    summary: `Create a message: ${name}`,
    description: `In \`languageCode\`, or in ${DEFAULT_LANGUAGE}. Texts are Liquid. Answers its \`id\`.`,
    rights: ['messages.write'],
    bodyLimit,
    body: whole,
    example: { name: `Welcome (${name})`, ...example },
    handler: async (context) => {
      const { db, parts, workspaceId, by } = context;
      const body = context.body as Whole;
      const language = body.languageCode ?? DEFAULT_LANGUAGE;
      await checkCategories(context, body.subscriptionsKeys);
      const { id } = await orSay(() =>
        createMessage(db, parts, {
          workspaceId,
          by,
          name: nameOf(body),
          channel,
          content: { [language]: contentOf(rest, body) },
          default_language: language,
          tags: tagsOf(body) ?? [],
          categories: body.subscriptionsKeys ?? [],
        }),
      );
      return { id };
    },
  });

  const read = defineEndpoint({
    method: 'GET',
    url: `${url}/:id`,
    summary: `Read a message: ${name}`,
    description: 'With its content in the default language, and `translations` in all others.',
    rights: ['reports.read'],
    params: idParams,
    handler: async (context) => {
      const message = await find(context, channel, context.params.id);
      return wholeOf(rest, message, await madeOf(context, message));
    },
  });

  const change = defineEndpoint({
    method: 'PUT',
    url: `${url}/:id`,
    summary: `Change a message: ${name}`,
    description:
      'Replaces the content in `languageCode`, or in the default language; other languages stay. ' +
      'Tags and categories stay where they are left out. What was sent keeps the content it was ' +
      'sent with.',
    rights: ['messages.write'],
    bodyLimit,
    params: idParams,
    body: whole,
    example: { name: `Welcome (${name})`, ...example },
    handler: async (context) => {
      const { db, parts, workspaceId, by, params } = context;
      const body = context.body as Whole;
      const before = await find(context, channel, params.id);
      await checkCategories(context, body.subscriptionsKeys);
      const language = body.languageCode ?? before.default_language;
      const tags = tagsOf(body);
      await orSay(() =>
        changeMessage(db, parts, {
          workspaceId,
          by,
          id: params.id,
          name: nameOf(body),
          content: { ...before.content, [language]: contentOf(rest, body) },
          ...(tags && { tags }),
          ...(body.subscriptionsKeys && { categories: body.subscriptionsKeys }),
        }),
      );
      return `Message with id='${params.id}' has been updated`;
    },
  });

  const remove = defineEndpoint({
    method: 'DELETE',
    url: `${url}/:id`,
    summary: `Delete a message: ${name}`,
    description: 'It is archived: nothing more is sent of it, and its reports stay.',
    rights: ['messages.write'],
    params: idParams,
    handler: async (context) => {
      const { db, parts, workspaceId, by, params } = context;
      await find(context, channel, params.id);
      await changeMessage(db, parts, { workspaceId, by, id: params.id, archived: true });
      return `Message with id='${params.id}' has been deleted`;
    },
  });

  const translate = defineEndpoint({
    method: 'PUT',
    url: `${url}/:id/:language`,
    summary: `Write a message in another language: ${name}`,
    description: 'Adds the language, or replaces what it says.',
    rights: ['messages.write'],
    bodyLimit,
    params: languageParams,
    body: translation,
    example: example,
    handler: async (context) => {
      const { db, parts, workspaceId, by, params } = context;
      const { content } = await find(context, channel, params.id);
      const written = contentOf(rest, context.body);
      await orSay(() =>
        changeMessage(db, parts, {
          workspaceId,
          by,
          id: params.id,
          content: { ...content, [params.language]: written },
        }),
      );
      return `Message with id='${params.id}' has been updated`;
    },
  });

  const untranslate = defineEndpoint({
    method: 'DELETE',
    url: `${url}/:id/:language`,
    summary: `Take a language out of a message: ${name}`,
    rights: ['messages.write'],
    params: languageParams,
    handler: async (context) => {
      const { db, parts, workspaceId, by, params } = context;
      const { content, default_language } = await find(context, channel, params.id);
      const { [params.language]: taken, ...others } = content;
      if (!taken) throw new RestError(404, `The message is not written in ${params.language}.`);
      if (params.language === default_language)
        throw new RestError(400, `language: ${default_language} is the message's own language`);
      await changeMessage(db, parts, { workspaceId, by, id: params.id, content: others });
      return `Message with id='${params.id}' has been updated`;
    },
  });

  return [list, create, read, change, remove, translate, untranslate];
}

/** The body was checked by the channel's members. */
function contentOf(rest: RestContent, body: object): JsonObject {
  return rest.toContent(body as JsonObject);
}

/** The members that all channels share, once they are read. */
interface Whole {
  name: string;
  languageCode?: string | null;
  tags?: string[] | null;
  subscriptionsKeys?: string[] | null;
}

function nameOf({ name }: Whole): string {
  if (name.trim() === '') throw new RestError(400, 'name: expected some text');
  return name.trim();
}

function tagsOf({ tags }: Whole): string[] | undefined {
  return tags?.filter((tag) => tag.trim() !== '');
}

async function checkCategories(
  { db, workspaceId }: RestContext,
  keys: readonly string[] | null | undefined,
): Promise<void> {
  await requireCategories(db, { workspaceId, keys: [...(keys ?? [])] });
}

/** Throws 404 unless it is there, of this channel. */
async function find(
  { db, workspaceId }: Pick<RestContext, 'db' | 'workspaceId'>,
  channel: string,
  id: number,
): Promise<MessageWithTags> {
  const message = await readMessage(db, { workspaceId, id }).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'not_found') return undefined;
    throw error;
  });
  if (message?.channel !== channel || message.archived_at)
    throw new RestError(404, `There is no message with id='${id}'.`);
  return message;
}

/** What was made of each language's source. */
async function madeOf(
  { db }: Pick<RestContext, 'db'>,
  { id, version }: MessageWithTags,
): Promise<Record<string, { html?: string | undefined }>> {
  return (await loadVersion(db, { messageId: id, version }))?.compiled ?? {};
}

function headOf(rest: RestContent, message: MessageWithTags): object {
  const { id, name, default_language, tags, categories, content } = message;
  const own = rest.fromContent(content[default_language] ?? {}, {});
  const { htmlText: _, rawHtml: _raw, ampHtml: _amp, ...members } = own;
  return {
    id,
    name,
    ...members,
    languageCode: default_language,
    tags,
    subscriptionsKeys: categories,
    languages: Object.keys(content),
  };
}

function wholeOf(
  rest: RestContent,
  message: MessageWithTags,
  made: Record<string, { html?: string | undefined }>,
): object {
  const { default_language: own, content } = message;
  const written = (language: string): JsonObject =>
    rest.fromContent(content[language] ?? {}, made[language] ?? {});
  const others = Object.keys(content).filter((language) => language !== own);
  return {
    ...headOf(rest, message),
    ...written(own),
    translations: others.map((language) => ({ languageCode: language, ...written(language) })),
  };
}

const viewLink = defineEndpoint({
  method: 'GET',
  url: '/v1/messages/email/:id/viewLink',
  summary: 'Ask where an e-mail is shown in the browser',
  description:
    'In its own language and without anybody’s data, to whoever has the link, for as long as the ' +
    'message is in the library. What is changed shows there, too.',
  rights: ['reports.read'],
  params: idParams,
  handler: async (context) => {
    const { parts, workspaceId, params } = context;
    const { id: messageId } = await find(context, 'email', params.id);
    const tokens = createRecipientTokens(recipientTokenKey(parts.box));
    return { link: messageUrl({ publicUrl: parts.publicUrl, tokens, workspaceId, messageId }) };
  },
});

export const catalogueEndpoints: Endpoint[] = [...restContents.flatMap(catalogueOf), viewLink];
