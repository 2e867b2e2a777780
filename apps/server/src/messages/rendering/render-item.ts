import type { Attachment } from '@perennial/channels/providers';
import type { Json, JsonObject } from '../../inbox/index.ts';
import { attachFiles, type FilesAsked } from '../attachments/attach-files.ts';
import { finishAmp, finishHtml, finishText, withPreheader } from './finish-body.ts';
import type { createEmailFinisher, FinishedEmail } from './finish-email.ts';
import type { PreparedTemplate } from './prepare-template.ts';
import type { RecipientTokens } from './recipient-token.ts';
import { recipientLinks, type RecipientLinks } from './recipient-url.ts';
import { formatLanguage, type Locale } from './locale-formats.ts';
import type { Rendered, RenderItem, RenderTemplate, WorkerBatch } from './render-job.ts';
import { TemplateError } from './template-error.ts';
import { textOf } from './text-of.ts';

/** A template with its parsed texts. */
export interface ReadyTemplate extends Pick<
  RenderTemplate,
  'channel' | 'language' | 'message' | 'personalisation'
> {
  render: PreparedTemplate;
}

export interface RenderParts {
  publicUrl: string;
  tokens: RecipientTokens;
  finishEmail: ReturnType<typeof createEmailFinisher>;
}

type Common = Omit<WorkerBatch, 'items'>;

/** One message for one recipient, the same in a preview as in a sending. */
export function renderItem(
  { publicUrl, tokens, finishEmail }: RenderParts,
  { template, item, common }: { template: ReadyTemplate; item: RenderItem; common: Common },
): Rendered {
  const links = { publicUrl, tokens, delivery: item.delivery };
  const addresses = recipientLinks(links);
  try {
    const values = {
      variables: withAddresses(variablesOf(template, item, common), addresses),
      locale: localeOf(template, item, common),
      missing: template.personalisation,
      fetched: {
        answers: common.answers,
        onFailure: template.personalisation.onFetchFailure,
        called: new Set<string>(),
      },
    };
    const rendered = template.render(values, item.subject);
    if (template.channel !== 'email') {
      const leads = item.track && rendered['track_links'] === true;
      return {
        ok: true,
        content: leads ? withText(rendered, (text) => finishText(text, links)) : rendered,
      };
    }
    const { files, content } = withFiles(rendered, {
      attaching: item.attaching ?? (item.mail ? 'attach' : 'list'),
      answers: common.answers,
      onFailure: template.personalisation.onFetchFailure,
    });
    const preheader = textOf(content, 'preheader');
    if (!item.mail && !item.track) {
      return { ok: true, content: withHtml(content, (html) => withPreheader(html, preheader)) };
    }
    const { plainLinks } = item;
    const withLinks = withHtml(content, (html) =>
      finishHtml(html, { ...links, preheader, plainLinks }),
    );
    const finished = withAmp(withLinks, (amp) => finishAmp(amp, { ...links, plainLinks }));
    if (!item.mail) return { ok: true, content: finished };
    const email = finish(finished, files, item, common);
    // What leaves is all that its provider takes: the page need not be copied beside it.
    return { ok: true, content: common.mailing?.keeps ? finished : {}, ...email };
  } catch (error) {
    if (error instanceof TemplateError) return { ok: false, problem: error.problem };
    throw error;
  }

  function finish(
    content: JsonObject,
    files: readonly Attachment[],
    { mail, delivery }: RenderItem,
    { mailing, workspace, now }: Common,
  ): FinishedEmail {
    if (!mail || !mailing) throw new Error('E-mail without a sender cannot be written.');
    return finishEmail({
      content,
      files,
      address: mail.address,
      messageId: mail.messageId,
      mailing,
      now,
      listId: listId(workspace, publicUrl),
      deliveryId: delivery.deliveryId,
      ...(mail.marketing && { unsubscribeUrl: addresses.unsubscribe_url }),
    });
  }
}

/** The content with its files as they were found, and the files. */
function withFiles(
  content: JsonObject,
  asked: FilesAsked,
): { content: JsonObject; files: Attachment[] } {
  if (content['attachments'] === undefined) return { content, files: [] };
  const { files, listed } = attachFiles(content, asked);
  return { content: { ...content, attachments: listed as unknown as Json }, files };
}

function withHtml(content: JsonObject, change: (html: string) => string): JsonObject {
  return { ...content, html: change(textOf(content, 'html')) };
}

function withAmp(content: JsonObject, change: (amp: string) => string): JsonObject {
  if (content['amp'] === undefined) return content;
  return { ...content, amp: change(textOf(content, 'amp')) };
}

function withText(content: JsonObject, change: (text: string) => string): JsonObject {
  return { ...content, text: change(textOf(content, 'text')) };
}

function localeOf(
  { language }: ReadyTemplate,
  { contact, timeZone }: RenderItem,
  { workspace, now }: Common,
): Locale {
  const own = contact['language'];
  return {
    language: formatLanguage(language, typeof own === 'string' ? own : undefined),
    timeZone: timeZone ?? workspace.timeZone,
    currency: workspace.currency,
    now,
  };
}

function variablesOf(
  { message, channel, language }: ReadyTemplate,
  { contact, event, run, data }: RenderItem,
  { workspace }: Common,
): JsonObject {
  return {
    contact,
    event: event ?? {},
    run: run ?? {},
    data: data ?? {},
    message: { ...message, channel, language },
    workspace: { name: workspace.name, slug: workspace.slug, time_zone: workspace.timeZone },
  };
}

/** Copied by what they are, as reading one seals it. */
function withAddresses(variables: JsonObject, addresses: RecipientLinks): JsonObject {
  const own = Object.getOwnPropertyDescriptors(addresses);
  return Object.defineProperties(variables, own);
}

/** RFC 2919: the stream of mail, which a reader can sort and mute by; it never changes. */
function listId({ slug }: Common['workspace'], publicUrl: string): string {
  return `<${slug}.${new URL(publicUrl).hostname}>`;
}
