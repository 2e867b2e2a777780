import type { Personalisation, PersonalisationChange } from '@perennial/contracts';
import type { Pool } from '../db/index.ts';
import { notFound, type WorkspaceRef } from '../http/index.ts';
import type { Json, JsonObject } from '../inbox/index.ts';
import { blocksOf } from './blocks/load-blocks.ts';
import { checkLanguage } from './check-content.ts';
import { chooseLanguage } from './choose-language.ts';
import {
  contactVariables,
  findContactCard,
  type ContactCardRow,
  type ContactRef,
} from './contact-variables.ts';
import { personalisationOf } from './personalisation-of.ts';
import { findUnknownSecrets, noSecret } from './fetching/secrets/secret-uses.ts';
import { findMessage, loadVersion, type MessageRow } from './queries.ts';
import type { Compiled } from './rendering/compile-content.ts';
import type { RenderItem } from './rendering/render-job.ts';
import type { RenderPool } from './rendering/render-pool.ts';

export interface PreviewRequest {
  workspace: WorkspaceRef;
  id: number;
  contact?: ContactRef | undefined;
  event?: JsonObject | undefined;
  run?: JsonObject | undefined;
  data?: JsonObject | undefined;
  language?: string | undefined;
  /** Which of several subjects. */
  subject?: number | undefined;
  /** A draft of one language, instead of what is saved. */
  content?: JsonObject | undefined;
  /** A draft, too. */
  personalisation?: PersonalisationChange | undefined;
  /** Whoever may not write messages makes nobody ask another server. */
  mayFetch: boolean;
  now: Date;
}

export interface PreviewProblem {
  path: string;
  message: string;
  line: number | null;
  excerpt: string | null;
  kind: 'template' | 'missing' | 'fetch';
}

export interface Preview {
  language: string;
  content: JsonObject | null;
  /** What was made of the HTML as plain text, before anything was filled in. */
  made_text: string | null;
  problems: PreviewProblem[];
}

/** The message as this contact would get it: by the same renderer that sending uses. */
export async function previewMessage(
  db: Pool,
  { renderPool }: { renderPool: RenderPool },
  request: PreviewRequest,
): Promise<Preview> {
  const { workspace, id, now } = request;
  const message = await findMessage(db, { workspaceId: workspace.id, id });
  if (!message) throw notFound('message');
  const card = await readCard(db, request);
  const language = languageOf(message, request, card);
  const source = await readSource(db, renderPool, {
    message,
    language,
    draft: request.content,
    workspaceId: workspace.id,
  });
  if (Array.isArray(source)) {
    return { language, content: null, made_text: null, problems: source };
  }
  const madeText = source.compiled.text ?? null;
  const [rendered] = await renderPool.render({
    template: {
      // A draft has no version, so its rendering leaves nothing behind that another could find.
      key:
        source.saved && !request.personalisation
          ? `${id}:${message.version}:${language}`
          : `draft:${(drafts += 1)}`,
      channel: message.channel,
      content: source.content,
      compiled: source.compiled,
      language,
      message: { id: String(id), key: message.key, name: message.name },
      personalisation: personalisationOf(
        { ...message.personalisation, ...givenOnly(request.personalisation) },
        { language, defaultLanguage: message.default_language },
      ),
    },
    workspace,
    now,
    fetching: request.mayFetch || source.saved ? 'wait' : 'known',
    items: [previewItem(message, request, card)],
  });
  const missing = await missingSecrets(db, { workspaceId: workspace.id, ...source });
  if (rendered?.ok) {
    return { language, content: rendered.content, made_text: madeText, problems: missing };
  }
  // Where a secret is missing, that its fetch failed says the same.
  const failed = rendered && toProblem(rendered.problem);
  const isKnown = missing.some(
    ({ path, line, kind }) => path === failed?.path && line === failed.line && kind === failed.kind,
  );
  const problems = failed && !isKnown ? [failed, ...missing] : missing;
  return { language, content: null, made_text: madeText, problems };
}

/** At their places: a message with them can be written, and neither started nor published. */
async function missingSecrets(
  db: Pool,
  { workspaceId, compiled: { secrets = [] } }: { workspaceId: number; compiled: Compiled },
): Promise<PreviewProblem[]> {
  const unknown = await findUnknownSecrets(db, {
    workspaceId,
    names: secrets.map(({ name }) => name),
  });
  return secrets
    .filter(({ name }) => unknown.has(name))
    .map(({ name, path, line = null, excerpt = null }) => ({
      path,
      message: noSecret(name),
      line,
      excerpt,
      kind: 'fetch',
    }));
}

let drafts = 0;

async function readCard(
  db: Pool,
  { workspace, contact }: PreviewRequest,
): Promise<ContactCardRow | undefined> {
  if (contact === undefined) return undefined;
  const card = await findContactCard(db, { workspaceId: workspace.id, ref: contact });
  if (!card) throw notFound('contact');
  return card;
}

function languageOf(
  message: MessageRow,
  { language, content }: PreviewRequest,
  card: ContactCardRow | undefined,
): string {
  if (content && language) return language;
  return chooseLanguage({
    languages: Object.keys(message.content),
    wanted: [language, stringOf(card?.fields['language'])],
    fallback: message.default_language,
  });
}

type Source = { content: JsonObject; compiled: Compiled; saved: boolean };

async function readSource(
  db: Pool,
  renderPool: RenderPool,
  {
    message,
    language,
    draft,
    workspaceId,
  }: {
    message: MessageRow;
    language: string;
    draft: JsonObject | undefined;
    workspaceId: number;
  },
): Promise<Source | PreviewProblem[]> {
  if (!draft) {
    const version = await loadVersion(db, { messageId: message.id, version: message.version });
    return {
      content: version?.content[language] ?? {},
      compiled: version?.compiled[language] ?? {},
      saved: true,
    };
  }
  const checked = await checkLanguage(
    { renderPool, findBlocks: blocksOf(db, { workspaceId }) },
    { channel: message.channel, language, draft, path: '' },
  );
  return Array.isArray(checked) ? checked.map(toProblem) : { ...checked, saved: false };
}

function previewItem(
  { channel }: MessageRow,
  { workspace, event, run, data, subject, mayFetch }: PreviewRequest,
  card: ContactCardRow | undefined,
): RenderItem {
  const timeZone = stringOf(card?.fields['time_zone']);
  return {
    delivery: {
      workspaceId: workspace.id,
      contactId: card?.id ?? 0,
      sendId: 0,
      deliveryId: 0,
      channel,
    },
    contact: contactVariables(card),
    ...(event && { event }),
    ...(run && { run }),
    ...(data && { data }),
    ...(subject !== undefined && { subject }),
    attaching: mayFetch ? 'look' : 'list',
    ...(timeZone !== undefined && { timeZone }),
  };
}

function stringOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function toProblem(problem: {
  path: string;
  message: string;
  line?: number | undefined;
  excerpt?: string | undefined;
  missing?: string;
  unfetched?: string;
  pending?: unknown;
}): PreviewProblem {
  const { path, message, line = null, excerpt = null } = problem;
  const isFetch = problem.unfetched !== undefined || problem.pending !== undefined;
  const kind = problem.missing !== undefined ? 'missing' : isFetch ? 'fetch' : 'template';
  return { path, message, line, excerpt, kind };
}

function givenOnly(change: PersonalisationChange = {}): Partial<Personalisation> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
