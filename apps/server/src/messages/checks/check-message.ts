import type { CheckFinding, MessageCheckResult } from '@perennial/contracts';
import { readCustomRules, SYSTEM_FIELDS } from '../../contacts/index.ts';
import type { Db, Pool } from '../../db/index.ts';
import type { Egress } from '../../egress/index.ts';
import { notFound, type WorkspaceRef } from '../../http/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import { blocksOf, type FindBlocks } from '../blocks/load-blocks.ts';
import { checkLanguage } from '../check-content.ts';
import { contactVariables, findContactCard, type ContactRef } from '../contact-variables.ts';
import { personalisationOf } from '../personalisation-of.ts';
import { findMessage, type MessageRow } from '../queries.ts';
import { findUnknownSecrets } from '../fetching/secrets/secret-uses.ts';
import type { Compiled, SecretPlace } from '../rendering/compile-content.ts';
import type { RenderPool } from '../rendering/render-pool.ts';
import { textOf } from '../rendering/text-of.ts';
import type { CheckSubject } from './check.ts';
import { bySeverity, findFindings } from './find-findings.ts';
import { readPage } from './read-page.ts';
import { reachAddresses } from './reach-addresses.ts';

export interface CheckParts {
  renderPool: RenderPool;
  egress: Egress;
}

export interface CheckRequest {
  workspace: WorkspaceRef;
  id: number;
  /** A draft of all languages, instead of what is saved. */
  content?: Record<string, JsonObject> | undefined;
  default_language?: string | undefined;
  /** Whether it is marketing; what the message is filed under decides if absent. */
  categories?: readonly string[] | undefined;
  /** Only these; absent: all. */
  languages?: readonly string[] | undefined;
  contact?: ContactRef | undefined;
  event?: JsonObject | undefined;
  /** Ask the servers of links and pictures, from this one of the list on. */
  reach?: { from: number } | undefined;
  now: Date;
}

/** Looks at a message, or a draft of it, as everybody will who gets it. */
export async function checkMessage(
  db: Pool,
  { renderPool, egress }: CheckParts,
  request: CheckRequest,
): Promise<MessageCheckResult> {
  const { workspace, id } = request;
  const message = await findMessage(db, { workspaceId: workspace.id, id });
  if (!message) throw notFound('message');
  const drafts = request.content ?? message.content;
  const languages = Object.keys(drafts).filter(
    (language) => request.languages?.includes(language) ?? true,
  );
  const fields = await contactFields(db, { workspaceId: workspace.id });
  const findBlocks = blocksOf(db, { workspaceId: workspace.id });
  const findings: CheckFinding[] = [];
  const subjects: CheckSubject[] = [];
  for (const language of languages) {
    const read = await readSubject(
      db,
      { renderPool, findBlocks },
      { message, request, drafts, language, fields },
    );
    if ('broken' in read) findings.push(...read.broken);
    else subjects.push(read);
  }
  if (request.reach) {
    const { from } = request.reach;
    return reachAddresses(egress, { subjects, from });
  }
  findings.push(...subjects.flatMap(findFindings));
  return { findings: findings.toSorted(bySeverity), languages, reached: null };
}

interface Reading {
  message: MessageRow;
  request: CheckRequest;
  drafts: Record<string, JsonObject>;
  language: string;
  fields: ReadonlySet<string>;
}

/** A language in all its forms, or what keeps it from being rendered. */
async function readSubject(
  db: Pool,
  parts: { renderPool: RenderPool; findBlocks: FindBlocks },
  { message, request, drafts, language, fields }: Reading,
): Promise<CheckSubject | { broken: CheckFinding[] }> {
  const { channel } = message;
  const draft = drafts[language]!;
  const checked = await checkLanguage(parts, { channel, language, draft, path: '' });
  if (Array.isArray(checked)) {
    return { broken: checked.map((problem) => brokenTemplate({ ...problem, language })) };
  }
  const rendered = await render(db, parts.renderPool, { message, request, language, ...checked });
  if (!rendered.ok) return { broken: [brokenTemplate({ ...rendered.problem, language })] };
  const { whole: content, compiled } = checked;
  const html = compiled.html ?? textOf(content, 'html');
  return {
    channel,
    language,
    defaultLanguage: request.default_language ?? message.default_language,
    drafts,
    draft,
    content,
    rendered: rendered.content,
    page: html ? readPage(html) : undefined,
    pagePath: content['mjml'] === undefined ? '/html' : '/mjml',
    isMarketing: (request.categories ?? message.categories).length > 0,
    reads: checked.reads,
    contactFields: fields,
    unknownSecrets: await unknownSecrets(db, { workspaceId: request.workspace.id, compiled }),
  };
}

async function unknownSecrets(
  db: Db,
  { workspaceId, compiled: { secrets = [] } }: { workspaceId: number; compiled: Compiled },
): Promise<SecretPlace[]> {
  const names = secrets.map(({ name }) => name);
  const unknown = await findUnknownSecrets(db, { workspaceId, names });
  return secrets.filter(({ name }) => unknown.has(name));
}

let checksMade = 0;

/** IDs make links longer: as long as where much was sent already. */
const LONG_ID = 2 ** 28 - 1;

async function render(
  db: Db,
  renderPool: RenderPool,
  {
    message,
    request: { workspace, contact, event, now },
    language,
    content,
    compiled,
  }: {
    message: MessageRow;
    request: CheckRequest;
    language: string;
    content: JsonObject;
    compiled: Compiled;
  },
) {
  const { channel, key, name } = message;
  const card =
    contact === undefined
      ? undefined
      : await findContactCard(db, { workspaceId: workspace.id, ref: contact });
  if (contact !== undefined && !card) throw notFound('contact');
  const [rendered] = await renderPool.render({
    template: {
      key: `check:${(checksMade += 1)}`,
      channel,
      content,
      compiled,
      language,
      personalisation: personalisationOf(message.personalisation, {
        language,
        defaultLanguage: message.default_language,
      }),
      message: { id: String(message.id), key, name },
    },
    workspace,
    now,
    items: [
      {
        delivery: {
          workspaceId: workspace.id,
          contactId: card?.id ?? LONG_ID,
          sendId: LONG_ID,
          deliveryId: LONG_ID,
          channel,
        },
        contact: contactVariables(card),
        ...(event && { event }),
        subject: 'each',
        attaching: 'look',
        // As it leaves: tracked links make it longer.
        track: true,
      },
    ],
  });
  return rendered!;
}

function brokenTemplate({
  language,
  path,
  message,
  line,
  excerpt,
}: {
  language: string;
  path: string;
  message: string;
  line?: number | undefined;
  excerpt?: string | undefined;
}): CheckFinding {
  return {
    check: 'template',
    severity: 'error',
    language,
    path,
    message,
    advice: 'Correct it: it can neither be saved nor sent.',
    line: line ?? null,
    excerpt: excerpt ?? null,
  };
}

/** By what templates call them. */
async function contactFields(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<ReadonlySet<string>> {
  const custom = await readCustomRules(db, { workspaceId });
  return new Set([
    'id',
    'external_id',
    ...Object.keys(SYSTEM_FIELDS),
    ...[...custom].flatMap(([key, { archived }]) => (archived ? [] : [`custom.${key}`])),
  ]);
}
