import type { Pool } from '../../db/index.ts';
import { notFound, Problem, type Origin } from '../../http/index.ts';
import {
  changeMessage,
  readMessage,
  type MessageParts,
  type MessageWithTags,
} from '../save-message.ts';
import { findVersion } from './version-queries.ts';

export interface VersionToRestore {
  workspaceId: number;
  id: number;
  version: number;
  by: Origin;
}

/** The content of an older version, and what it says of missing values, is that of a new one; nothing of the history is lost. */
export async function restoreVersion(
  db: Pool,
  parts: MessageParts,
  { workspaceId, id, version, by }: VersionToRestore,
): Promise<MessageWithTags> {
  const message = await readMessage(db, { workspaceId, id });
  const wanted = await findVersion(db, { messageId: id, version });
  if (!wanted) throw notFound('version');
  if (version === message.version) {
    throw new Problem('conflict', { detail: `Version ${version} is the current one.` });
  }
  const { content, personalisation } = wanted;
  return changeMessage(db, parts, {
    workspaceId,
    id,
    by,
    content,
    personalisation,
    // It may have been written before the language that is the default now.
    default_language: Object.hasOwn(content, message.default_language)
      ? undefined
      : Object.keys(content)[0],
    restoredFrom: version,
  });
}
