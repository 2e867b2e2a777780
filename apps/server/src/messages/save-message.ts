import { isDeepStrictEqual } from 'node:util';
import type {
  MessageSending,
  MessageSendingChange,
  Personalisation,
  PersonalisationChange,
} from '@perennial/contracts';
import { changesBetween, writeAudit } from '../audit/index.ts';
import { inTransaction, type Pool, type Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import { linkTags, tagNamesOf } from '../tags/index.ts';
import {
  isMadeWithOthers,
  keepBlocks,
  versionsOf,
  withNewestBlocks,
} from './blocks/keep-blocks.ts';
import { blocksOf } from './blocks/load-blocks.ts';
import { linkCategories } from './link-categories.ts';
import { checkFallbacks } from './check-fallbacks.ts';
import { checkContent, type CheckedContent } from './check-content.ts';
import {
  findMessage,
  insertMessage,
  insertVersion,
  lockMessage,
  takenKeys,
  updateMessage,
  type MessageRow,
  type NewMessage,
} from './queries.ts';
import { refuseOutdated } from './refuse-outdated.ts';
import type { RenderPool } from './rendering/render-pool.ts';
import { withoutOldSource } from './without-old-source.ts';

export interface MessageParts {
  renderPool: RenderPool;
}

export interface MessageToCreate {
  workspaceId: number;
  by: Origin;
  name: string;
  key?: string | undefined;
  channel: string;
  template?: boolean;
  content: Record<string, JsonObject>;
  default_language?: string | undefined;
  tags?: readonly string[];
  categories?: readonly string[];
  sending?: MessageSendingChange | undefined;
  personalisation?: PersonalisationChange | undefined;
}

/** A message with its tags, as the API shows it. */
export type MessageWithTags = MessageRow & { tags: string[] };

/** Saves a message that can be sent; throws `unprocessable` with what is wrong with it. */
export async function createMessage(
  db: Pool,
  { renderPool }: MessageParts,
  message: MessageToCreate,
): Promise<MessageWithTags> {
  const { workspaceId, channel, content } = message;
  const defaultLanguage = message.default_language ?? Object.keys(content)[0] ?? 'en';
  checkFallbacks(message.personalisation?.fallbacks, { defaultLanguage });
  const parts = { renderPool, findBlocks: blocksOf(db, { workspaceId }) };
  return withNewestBlocks(async () => {
    // Outside of the transaction: MJML takes a while.
    const checked = await checkContent(parts, { channel, content, defaultLanguage });
    return inTransaction(db, (tx) => insert(tx, { ...message, ...checked, defaultLanguage }));
  });
}

async function insert(
  tx: Tx,
  message: MessageToCreate & CheckedContent & { defaultLanguage: string },
): Promise<MessageWithTags> {
  const { workspaceId, by, name, channel, content, compiled, defaultLanguage, tags = [] } = message;
  const { blocks, categories = [], sending = {}, personalisation = {}, template = false } = message;
  const now = by.at;
  const head = { workspaceId, name, channel, template, defaultLanguage, sending, now };
  const id = await insertWithKey(tx, head, message.key);
  await insertVersion(tx, {
    messageId: id,
    version: 1,
    content,
    compiled,
    blocks: versionsOf(blocks),
    personalisation,
    now,
    by: by.actor.name,
  });
  await keepBlocks(tx, { messageId: id, blocks });
  await linkTags(tx, { workspaceId, object: { kind: 'message', id }, names: tags, now });
  await linkCategories(tx, { workspaceId, messageId: id, keys: categories });
  const created = await find(tx, { workspaceId, id });
  await writeAudit(tx, {
    by,
    action: 'message.create',
    object: { kind: 'message', id },
    after: auditView(created),
  });
  return created;
}

/** With the key that was asked for, or one of the name that is free when it is inserted. */
async function insertWithKey(
  tx: Tx,
  head: Omit<NewMessage, 'key'>,
  wanted: string | undefined,
): Promise<number> {
  for (;;) {
    const key = await freeKey(tx, { workspaceId: head.workspaceId, key: wanted, name: head.name });
    const id = await insertMessage(tx, { ...head, key });
    if (id !== undefined) return id;
  }
}

export interface MessageToChange {
  workspaceId: number;
  id: number;
  by: Origin;
  name?: string | undefined;
  content?: Record<string, JsonObject> | undefined;
  default_language?: string | undefined;
  tags?: readonly string[] | undefined;
  categories?: readonly string[] | undefined;
  sending?: MessageSendingChange | undefined;
  personalisation?: PersonalisationChange | undefined;
  archived?: boolean | undefined;
  /** The version that the change was made from; absent: whichever is the newest. */
  base_version?: number | undefined;
  /** The version that the content is taken from. */
  restoredFrom?: number | undefined;
}

/** Changed content is a new version; what was sent stays with the version it was sent with. */
export async function changeMessage(
  db: Pool,
  { renderPool }: MessageParts,
  change: MessageToChange,
): Promise<MessageWithTags> {
  const before = await find(db, change);
  const content = withoutOldSource(change.content ?? before.content, before.content);
  const defaultLanguage = change.default_language ?? before.default_language;
  checkFallbacks(change.personalisation?.fallbacks, { defaultLanguage });
  const parts = { renderPool, findBlocks: blocksOf(db, change) };
  return withNewestBlocks(async () => {
    const checked =
      change.content || change.default_language || change.personalisation
        ? await checkContent(parts, { channel: before.channel, content, defaultLanguage })
        : undefined;
    return inTransaction(db, (tx) => update(tx, { change, checked, defaultLanguage }));
  });
}

async function update(
  tx: Tx,
  {
    change,
    checked,
    defaultLanguage,
  }: { change: MessageToChange; checked: CheckedContent | undefined; defaultLanguage: string },
): Promise<MessageWithTags> {
  const { workspaceId, id, by, name, tags, categories, archived, restoredFrom } = change;
  const now = by.at;
  if (!(await lockMessage(tx, { workspaceId, id }))) throw notFound('message');
  const before = await find(tx, { workspaceId, id });
  refuseOutdated(before, change);
  const personalisation = personalisationOf({ before, chosen: change.personalisation });
  const renewed = checked && (await differs(tx, { before, checked, personalisation }));
  const version = renewed ? before.version + 1 : before.version;
  if (renewed) {
    const { blocks, ...made } = checked;
    await insertVersion(tx, {
      messageId: id,
      version,
      ...made,
      blocks: versionsOf(blocks),
      personalisation,
      now,
      by: by.actor.name,
      restoredFrom,
    });
    await keepBlocks(tx, { messageId: id, blocks });
  }
  await updateMessage(tx, {
    id,
    name: name ?? before.name,
    defaultLanguage,
    version,
    archivedAt: archivedAt({ before, archived, now }),
    sending: sendingOf({ before, chosen: change.sending }),
    now,
  });
  if (tags) await linkTags(tx, { workspaceId, object: { kind: 'message', id }, names: tags, now });
  if (categories) await linkCategories(tx, { workspaceId, messageId: id, keys: categories });
  const after = await find(tx, { workspaceId, id });
  const changes = changesBetween(auditView(before), auditView(after));
  if (changes) {
    await writeAudit(tx, {
      by,
      action: 'message.change',
      object: { kind: 'message', id },
      ...changes,
    });
  }
  return after;
}

/** Other words, or the same ones with newer blocks in them. */
async function differs(
  tx: Tx,
  {
    before,
    checked,
    personalisation,
  }: { before: MessageRow; checked: CheckedContent; personalisation: Personalisation },
): Promise<boolean> {
  if (!isDeepStrictEqual(checked.content, before.content)) return true;
  if (!isDeepStrictEqual(personalisation, before.personalisation)) return true;
  return isMadeWithOthers(tx, { messageId: before.id, blocks: checked.blocks });
}

function sendingOf({
  before,
  chosen = {},
}: {
  before: MessageRow;
  chosen: MessageSendingChange | undefined;
}): MessageSending {
  const given = Object.entries(chosen).filter(([, value]) => value !== undefined);
  return { ...before.sending, ...Object.fromEntries(given) };
}

function personalisationOf({
  before,
  chosen = {},
}: {
  before: MessageRow;
  chosen: PersonalisationChange | undefined;
}): Personalisation {
  const given = Object.entries(chosen).filter(([, value]) => value !== undefined);
  return { ...before.personalisation, ...Object.fromEntries(given) };
}

function archivedAt({
  before,
  archived,
  now,
}: {
  before: MessageRow;
  archived: boolean | undefined;
  now: Date;
}): Date | null {
  if (archived === undefined) return before.archived_at;
  return archived ? (before.archived_at ?? now) : null;
}

async function find(
  db: Pool | Tx,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<MessageWithTags> {
  const message = await findMessage(db, { workspaceId, id });
  if (!message) throw notFound('message');
  const tags = await tagNamesOf(db, { kind: 'message', ids: [id] });
  return { ...message, tags: tags.get(id) ?? [] };
}

export { find as readMessage, insert as saveNewMessage };

/** Versions keep the content; the audit only says that it changed. */
function auditView({
  name,
  key,
  channel,
  template,
  default_language,
  version,
  tags,
  categories,
  sending,
  personalisation,
  archived_at,
}: MessageWithTags) {
  return {
    name,
    key,
    channel,
    template,
    default_language,
    version,
    tags,
    categories,
    sending,
    personalisation,
    archived: archived_at !== null,
  };
}

const MOST_KEY = 63;

/** The key that was asked for, or one made of the name. */
async function freeKey(
  tx: Tx,
  { workspaceId, key, name }: { workspaceId: number; key: string | undefined; name: string },
): Promise<string> {
  const wanted = key ?? keyFrom(name);
  const taken = await takenKeys(tx, { workspaceId, key: wanted });
  if (!taken.has(wanted)) return wanted;
  if (key !== undefined) {
    throw new Problem('already_exists', { detail: `There is a message with the key "${key}".` });
  }
  for (let n = 2; ; n += 1) {
    const candidate = `${wanted.slice(0, MOST_KEY - 6)}-${n}`;
    if (!taken.has(candidate)) return candidate;
  }
}

function keyFrom(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, MOST_KEY - 6)
    .replace(/-+$/, '');
  return words || 'message';
}
