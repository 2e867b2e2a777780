import { createHash } from 'node:crypto';
import { findChannel } from '@perennial/channels';
import { inTransaction, type Pool, type Tx } from '../db/index.ts';
import type { Origin } from '../http/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import { checkContent, withoutBlocks, type CheckedContent } from './check-content.ts';
import { insertVersion, lockMessage } from './queries.ts';
import { saveNewMessage, type MessageParts } from './save-message.ts';

/** Content that comes with the call that wants it sent. */
export interface SingleContent {
  workspaceId: number;
  by: Origin;
  channel: string;
  content: JsonObject;
  tags: readonly string[];
  categories: readonly string[];
}

/** Single messages have one version a content, in no language that anybody chose. */
export const SINGLE_LANGUAGE = 'en';

/**
 * Keeps the content as a version of the message that stands for all single messages with these tags
 * and categories, so that it is rendered, explained and counted like any other. The same content is
 * kept once. Throws `unprocessable` with what is wrong with it.
 */
export async function keepSingleContent(
  db: Pool,
  { renderPool }: MessageParts,
  single: SingleContent,
): Promise<{ messageId: number; version: number }> {
  const { channel, content } = single;
  const kind = hashOf([channel, sorted(single.tags), sorted(single.categories)]);
  const hash = hashOf(content);
  const known = await findKept(db, { workspaceId: single.workspaceId, kind, hash });
  if (known) return known;
  // Outside of the transaction: compiling takes a while.
  const checked = await checkContent(withoutBlocks(renderPool), {
    channel,
    content: { [SINGLE_LANGUAGE]: content },
    defaultLanguage: SINGLE_LANGUAGE,
  });
  return inTransaction(db, (tx) => keep(tx, { ...single, kind, hash, checked }));
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.trim().toLowerCase()))].sort();
}

function hashOf(value: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(value)).digest();
}

interface ToKeep extends SingleContent {
  kind: Buffer;
  hash: Buffer;
  checked: CheckedContent;
}

async function keep(tx: Tx, single: ToKeep): Promise<{ messageId: number; version: number }> {
  const { workspaceId, kind, hash } = single;
  const messageId = await lockKind(tx, single);
  if (messageId === null) return { messageId: await makeMessage(tx, single), version: 1 };
  await lockMessage(tx, { workspaceId, id: messageId });
  const known = await findKept(tx, { workspaceId, kind, hash });
  return known ?? { messageId, version: await addVersion(tx, { ...single, messageId }) };
}

/** The message of this kind, if there is one that is not archived; others who want it wait for the commit. */
async function lockKind(tx: Tx, { workspaceId, kind }: ToKeep): Promise<number | null> {
  await tx.query(
    `insert into single_messages (workspace_id, kind) values ($1, $2)
         on conflict on constraint single_messages_pkey do nothing`,
    [workspaceId, kind],
  );
  const { rows } = await tx.query<{ message_id: number | null }>(
    `select m.id as message_id
       from single_messages s
       left join messages m on m.id = s.message_id and m.archived_at is null
      where s.workspace_id = $1 and s.kind = $2
        for update of s`,
    [workspaceId, kind],
  );
  return rows[0]!.message_id;
}

async function makeMessage(tx: Tx, single: ToKeep): Promise<number> {
  const { workspaceId, by, channel, kind, checked, tags, categories } = single;
  const label = findChannel(channel)?.label ?? channel;
  const topics = [...tags, ...categories].join(', ');
  const { id } = await saveNewMessage(tx, {
    workspaceId,
    by,
    name: `Single messages by API: ${label}${topics && ` (${topics})`}`.slice(0, 200),
    channel,
    ...checked,
    defaultLanguage: SINGLE_LANGUAGE,
    tags,
    categories,
  });
  await tx.query(
    `update single_messages set message_id = $3 where workspace_id = $1 and kind = $2`,
    [workspaceId, kind, id],
  );
  await noteContent(tx, { messageId: id, hash: single.hash, version: 1 });
  return id;
}

async function addVersion(
  tx: Tx,
  { messageId, hash, checked, by }: ToKeep & { messageId: number },
): Promise<number> {
  const { rows } = await tx.query<{ version: number }>(
    `update messages set version = version + 1, updated_at = $2 where id = $1 returning version`,
    [messageId, by.at],
  );
  const { version } = rows[0]!;
  await insertVersion(tx, {
    messageId,
    version,
    content: checked.content,
    compiled: checked.compiled,
    blocks: {},
    personalisation: {},
    now: by.at,
    by: by.actor.name,
  });
  await noteContent(tx, { messageId, hash, version });
  return version;
}

async function noteContent(
  tx: Tx,
  { messageId, hash, version }: { messageId: number; hash: Buffer; version: number },
): Promise<void> {
  await tx.query(`insert into single_contents (message_id, hash, version) values ($1, $2, $3)`, [
    messageId,
    hash,
    version,
  ]);
}

/** Indexes: single_messages_pkey, single_contents_pkey. */
async function findKept(
  db: Pool | Tx,
  { workspaceId, kind, hash }: { workspaceId: number; kind: Buffer; hash: Buffer },
): Promise<{ messageId: number; version: number } | undefined> {
  const { rows } = await db.query<{ message_id: number; version: number }>(
    `select c.message_id, c.version
       from single_messages s
       join single_contents c on c.message_id = s.message_id
       join messages m on m.id = s.message_id and m.archived_at is null
      where s.workspace_id = $1 and s.kind = $2 and c.hash = $3`,
    [workspaceId, kind, hash],
  );
  return rows[0] && { messageId: rows[0].message_id, version: rows[0].version };
}
