import {
  messageSendingSchema,
  personalisationSchema,
  type MessageSending,
  type MessageSendingChange,
  type Personalisation,
  type PersonalisationChange,
} from '@perennial/contracts';
import type { Db, Tx } from '../db/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import { tagIdsOf } from '../tags/index.ts';
import { keepSecretNames, secretNames } from './fetching/secrets/secret-uses.ts';
import { countSubjects, type SubjectCounts } from './subjects.ts';
import type { Compiled } from './rendering/compile-content.ts';

/** What deciding about a send needs of its message. */
export interface MessageHead {
  id: number;
  workspace_id: number;
  channel: string;
  version: number;
  default_language: string;
  /** Of the current version. */
  languages: string[];
  subjects: SubjectCounts | null;
  /** Or a template: neither is sent. */
  archived: boolean;
  /** IDs of its subscription categories. */
  categories: number[];
  /** What it says about how it leaves. */
  sending: MessageSending;
}

/** A message, and which version of it is meant; absent: the current one. */
export interface MessageRef {
  messageId: number;
  messageVersion?: number;
}

/** Under which a message's head is found. */
export function headKey({ messageId, messageVersion = 0 }: MessageRef): string {
  return `${messageId} ${messageVersion}`;
}

/** Messages by `headKey`, whatever their workspace: compare `workspace_id`. */
export async function loadMessageHeads(
  db: Db,
  { messages }: { messages: readonly MessageRef[] },
): Promise<Map<string, MessageHead>> {
  const wanted = [...new Map(messages.map((ref) => [headKey(ref), ref])).values()];
  const { rows } = await db.query<MessageHead & { asked: number }>({
    name: 'load_message_heads',
    text: `select m.id, m.workspace_id, m.channel, v.version, wanted.version as asked, m.default_language,
                  m.archived_at is not null or m.template as archived, m.sending,
                  v.subjects, array(select jsonb_object_keys(v.content)) as languages,
                  array(select category_id from message_categories c where c.message_id = m.id) as categories
             from unnest($1::bigint[], $2::integer[]) as wanted (id, version)
             join messages m on m.id = wanted.id
             join message_versions v
               on v.message_id = m.id and v.version = coalesce(nullif(wanted.version, 0), m.version)`,
    values: [
      wanted.map(({ messageId }) => messageId),
      wanted.map(({ messageVersion = 0 }) => messageVersion),
    ],
  });
  return new Map(
    rows.map(({ asked, ...head }) => [
      headKey({ messageId: head.id, messageVersion: asked }),
      { ...head, sending: withDefaults(head.sending) },
    ]),
  );
}

/** Only what was chosen is stored. */
function withDefaults(stored: unknown): MessageSending {
  return messageSendingSchema.parse(stored);
}

/** How messages leave, by ID. */
export async function loadMessageSending(
  db: Db,
  { ids }: { ids: readonly number[] },
): Promise<Map<number, MessageSending>> {
  const { rows } = await db.query<{ id: number; sending: unknown }>({
    name: 'load_message_sending',
    text: `select id, sending from messages where id = any($1::bigint[])`,
    values: [[...new Set(ids)]],
  });
  return new Map(rows.map((row) => [row.id, withDefaults(row.sending)]));
}

/** What a message is filed under, by ID. */
export interface MessageLabels {
  tagIds: number[];
  categoryIds: number[];
}

/** Indexes: tag_links_pkey, message_categories_pkey. */
export async function loadMessageLabels(
  db: Db,
  { ids }: { ids: readonly number[] },
): Promise<Map<number, MessageLabels>> {
  const messageIds = [...new Set(ids)];
  const tagIds = await tagIdsOf(db, { kind: 'message', ids: messageIds });
  const categoryIds = await loadMessageCategories(db, { ids: messageIds });
  return new Map(
    messageIds.map((id) => [
      id,
      { tagIds: tagIds.get(id) ?? [], categoryIds: categoryIds.get(id) ?? [] },
    ]),
  );
}

/** Content and what was compiled of it, by language. */
export interface VersionRow {
  message_id: number;
  version: number;
  workspace_id: number;
  key: string;
  name: string;
  channel: string;
  default_language: string;
  content: Record<string, JsonObject>;
  compiled: Record<string, Compiled>;
  personalisation: Personalisation;
}

export async function loadVersion(
  db: Db,
  { messageId, version }: { messageId: number; version: number },
): Promise<VersionRow | undefined> {
  const { rows } = await db.query<VersionRow>({
    name: 'load_message_version',
    text: `select v.message_id, v.version, m.workspace_id, m.key, m.name, m.channel, m.default_language,
                  v.content, v.compiled, v.personalisation
             from message_versions v
             join messages m on m.id = v.message_id
            where v.message_id = $1 and v.version = $2`,
    values: [messageId, version],
  });
  return rows.map((row) => ({
    ...row,
    personalisation: personalisationSchema.parse(row.personalisation),
  }))[0];
}

export interface MessageRow {
  id: number;
  key: string;
  name: string;
  channel: string;
  template: boolean;
  default_language: string;
  version: number;
  content: Record<string, JsonObject>;
  /** Keys of its subscription categories, in the workspace's order. */
  categories: string[];
  sending: MessageSending;
  personalisation: Personalisation;
  created_at: Date;
  updated_at: Date;
  archived_at: Date | null;
}

export const COLUMNS = `m.id, m.key, m.name, m.channel, m.template, m.default_language, m.version, v.content, m.sending, v.personalisation,
  array(select category.key
          from message_categories link join categories category on category.id = link.category_id
         where link.message_id = m.id
         order by category.position, category.id) as categories,
  m.created_at, m.updated_at, m.archived_at`;
export const FROM = `from messages m join message_versions v on v.message_id = m.id and v.version = m.version`;

export async function findMessage(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<MessageRow | undefined> {
  const { rows } = await db.query<MessageRow>(
    `select ${COLUMNS} ${FROM} where m.workspace_id = $1 and m.id = $2`,
    [workspaceId, id],
  );
  return rows.map(whole)[0];
}

/** With the defaults of what nobody chose. */
export function whole(row: MessageRow): MessageRow {
  return {
    ...row,
    sending: withDefaults(row.sending),
    personalisation: personalisationSchema.parse(row.personalisation),
  };
}

/** Messages of a channel, newest first, from an offset on, and how many there are. */
export async function pageOfMessages(
  db: Db,
  page: {
    workspaceId: number;
    channel: string;
    search?: string | undefined;
    offset: number;
    limit: number;
  },
): Promise<{ rows: MessageRow[]; total: number }> {
  const where = `m.workspace_id = $1 and m.channel = $2 and m.archived_at is null
        and ($3::text is null or position(lower($3) in lower(m.name)) > 0)`;
  const filter = [page.workspaceId, page.channel, page.search ?? null];
  const { rows } = await db.query<MessageRow>(
    `select ${COLUMNS} ${FROM} where ${where} order by m.id desc offset $4 limit $5`,
    [...filter, page.offset, page.limit],
  );
  const { rows: counted } = await db.query<{ total: number }>(
    `select count(*)::integer as total from messages m where ${where}`,
    filter,
  );
  return { rows: rows.map(whole), total: counted[0]!.total };
}

export interface NewMessage {
  workspaceId: number;
  key: string;
  name: string;
  channel: string;
  template: boolean;
  defaultLanguage: string;
  sending: MessageSendingChange;
  now: Date;
}

/** Undefined when somebody else took the key meanwhile. */
export async function insertMessage(tx: Tx, message: NewMessage): Promise<number | undefined> {
  const { rows } = await tx.query<{ id: number }>(
    `insert into messages (workspace_id, key, name, channel, default_language, version, created_at, updated_at, sending, template)
     values ($1, $2, $3, $4, $5, 1, $6, $6, $7, $8)
         on conflict on constraint messages_key do nothing
     returning id`,
    [
      message.workspaceId,
      message.key,
      message.name,
      message.channel,
      message.defaultLanguage,
      message.now,
      JSON.stringify(message.sending),
      message.template,
    ],
  );
  return rows[0]?.id;
}

export interface NewVersion {
  messageId: number;
  version: number;
  content: Record<string, JsonObject>;
  compiled: Record<string, Compiled>;
  personalisation: PersonalisationChange;
  /** Versions of shared blocks by their keys. */
  blocks: Record<string, number>;
  now: Date;
  by: string;
  /** The version whose content this one takes over. */
  restoredFrom?: number | undefined;
}

/** With the secrets that it fetches with: whoever erases one sees this message. */
export async function insertVersion(tx: Tx, version: NewVersion): Promise<void> {
  await tx.query(
    `insert into message_versions (message_id, version, content, compiled, created_at, created_by, personalisation, restored_from, blocks, subjects)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      version.messageId,
      version.version,
      JSON.stringify(version.content),
      JSON.stringify(version.compiled),
      version.now,
      version.by,
      JSON.stringify(version.personalisation),
      version.restoredFrom ?? null,
      JSON.stringify(version.blocks),
      countSubjects(version.content),
    ],
  );
  const { messageId, compiled } = version;
  await keepSecretNames(tx, { messageId, names: secretNames(compiled) });
}

/** Keeps others from changing the message until the commit; undefined if there is none. */
export async function lockMessage(
  tx: Tx,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<boolean> {
  const { rows } = await tx.query(
    `select 1 from messages where workspace_id = $1 and id = $2 for update`,
    [workspaceId, id],
  );
  return rows.length > 0;
}

export interface MessageChange {
  id: number;
  name: string;
  defaultLanguage: string;
  version: number;
  archivedAt: Date | null;
  sending: MessageSending;
  now: Date;
}

export async function updateMessage(tx: Tx, change: MessageChange): Promise<void> {
  await tx.query(
    `update messages
        set name = $2, default_language = $3, version = $4, archived_at = $5, updated_at = $6,
            sending = $7
      where id = $1`,
    [
      change.id,
      change.name,
      change.defaultLanguage,
      change.version,
      change.archivedAt,
      change.now,
      JSON.stringify(change.sending),
    ],
  );
}

/** The message is for those who are in one of these categories; for everybody if there is none. */
export async function replaceMessageCategories(
  tx: Tx,
  { messageId, categoryIds }: { messageId: number; categoryIds: readonly number[] },
): Promise<void> {
  await tx.query(
    `delete from message_categories where message_id = $1 and category_id <> all($2::bigint[])`,
    [messageId, categoryIds],
  );
  await tx.query(
    `insert into message_categories (message_id, category_id)
     select $1, category_id from unnest($2::bigint[]) as category_id
         on conflict do nothing`,
    [messageId, categoryIds],
  );
}

/** IDs of the categories of these messages; index message_categories_pkey. */
export async function loadMessageCategories(
  db: Db,
  { ids }: { ids: readonly number[] },
): Promise<Map<number, number[]>> {
  const { rows } = await db.query<{ message_id: number; category_id: number }>({
    name: 'load_message_categories',
    text: `select message_id, category_id from message_categories where message_id = any($1::bigint[])`,
    values: [[...new Set(ids)]],
  });
  const byMessage = Map.groupBy(rows, (row) => row.message_id);
  return new Map([...byMessage].map(([id, links]) => [id, links.map((row) => row.category_id)]));
}

/** Keys of the workspace that begin like this one, to find a free one. */
export async function takenKeys(
  db: Db,
  { workspaceId, key }: { workspaceId: number; key: string },
): Promise<Set<string>> {
  const { rows } = await db.query<{ key: string }>(
    `select key from messages where workspace_id = $1 and (key = $2 or key like $2 || '-%')`,
    [workspaceId, key],
  );
  return new Set(rows.map((row) => row.key));
}
