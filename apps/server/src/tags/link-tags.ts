import type { Tx } from '../db/index.ts';
import { ensureTags, replaceLinks } from './queries.ts';

export interface LinkTags {
  workspaceId: number;
  /** `kind` as in the audit: `message`, `workflow`, `segment`, `campaign`. */
  object: { kind: string; id: number };
  names: readonly string[];
  now: Date;
}

/**
 * Gives an object exactly these tags, making those that do not exist. Which tags an object has is
 * part of the object: its room audits the change.
 */
export async function linkTags(
  tx: Tx,
  { workspaceId, object, names, now }: LinkTags,
): Promise<void> {
  const byCaselessName = new Map(
    names.map((name) => [name.trim().toLowerCase(), name.trim()] as const),
  );
  // In one order everywhere, so that two calls that make the same tags do not wait for each other.
  const wanted = [...byCaselessName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name);
  const tagIds = wanted.length > 0 ? await ensureTags(tx, { workspaceId, names: wanted, now }) : [];
  await replaceLinks(tx, { object, tagIds });
}
