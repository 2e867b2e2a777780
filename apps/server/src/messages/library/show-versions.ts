import type { z } from 'zod';
import { personalisationDifferences, type listedVersionSchema } from '@perennial/contracts';
import type { Db } from '../../db/index.ts';
import { pageFrom } from '../../http/index.ts';
import { versionChanges } from './version-changes.ts';
import { listVersions, type VersionOfMessage } from './version-queries.ts';

type Listed = z.output<typeof listedVersionSchema>;

/** Versions, newest first, each with what it changed. */
export async function showVersions(
  db: Db,
  { messageId, before, limit }: { messageId: number; before?: number | undefined; limit: number },
): Promise<{ items: Listed[]; next_cursor: string | null }> {
  // One more than asked for: the last one shown is compared with it, too.
  const rows = await listVersions(db, { messageId, before, limit: limit + 1 });
  const page = pageFrom(rows, { limit, position: ({ version }) => [version] });
  return {
    ...page,
    items: page.items.map((version, at) => withChanges(version, rows[at + 1])),
  };
}

function withChanges(
  { content, personalisation, ...version }: VersionOfMessage,
  former: VersionOfMessage | undefined,
): Listed {
  return {
    ...version,
    changes: former ? versionChanges(former.content, content) : [],
    personalisation_changes: former
      ? personalisationDifferences(former.personalisation, personalisation)
      : [],
  };
}
