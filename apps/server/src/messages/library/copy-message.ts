import type { Pool } from '../../db/index.ts';
import type { Origin } from '../../http/index.ts';
import {
  createMessage,
  readMessage,
  type MessageParts,
  type MessageWithTags,
} from '../save-message.ts';

export interface MessageToCopy {
  workspaceId: number;
  id: number;
  name?: string | undefined;
  /** Whether the copy is a template; what it is a copy of, if undefined. */
  template?: boolean | undefined;
  by: Origin;
}

const MOST_NAME = 200;

/** All that is written of a message, in all its languages, as a message of its own. */
export async function copyMessage(
  db: Pool,
  parts: MessageParts,
  { workspaceId, id, name, template, by }: MessageToCopy,
): Promise<MessageWithTags> {
  const {
    key: _key,
    name: ownName,
    template: isTemplate,
    archived_at: _archived,
    ...written
  } = await readMessage(db, { workspaceId, id });
  return createMessage(db, parts, {
    ...written,
    workspaceId,
    by,
    name: name ?? copyName(ownName),
    template: template ?? isTemplate,
  });
}

function copyName(name: string): string {
  const suffix = ' (copy)';
  return name.slice(0, MOST_NAME - suffix.length) + suffix;
}
