import type { Db } from '../../db/index.ts';
import type { Json } from '../../inbox/index.ts';
import type { BlockToPlace } from './block-content.ts';
import { findIncludes } from './find-includes.ts';
import { loadNewest } from './queries.ts';

/** Where the blocks that texts name come from. */
export type FindBlocks = (texts: Json) => Promise<ReadonlyMap<string, BlockToPlace>>;

/** The newest versions of a workspace's blocks that some texts name, with those that these name. */
export function blocksOf(db: Db, { workspaceId }: { workspaceId: number }): FindBlocks {
  return async (texts) => {
    const known = new Map<string, BlockToPlace>();
    const asked = new Set<string>();
    for (let wanted = keysIn(texts); wanted.length > 0;) {
      for (const key of wanted) asked.add(key);
      const found = await loadNewest(db, { workspaceId, keys: wanted });
      for (const block of found) known.set(block.key, block);
      wanted = found
        .flatMap(({ content }) => keysIn(content as Json))
        .filter((key) => !asked.has(key));
    }
    return known;
  };
}

/** Each once. */
export function keysIn(texts: Json): string[] {
  const keys = new Set<string>();
  const look = (value: Json): void => {
    if (typeof value === 'string') {
      if (!value.includes('include')) return;
      for (const { key } of findIncludes(value)) if (key !== undefined) keys.add(key);
    } else if (value !== null && typeof value === 'object') Object.values(value).forEach(look);
  };
  look(texts);
  return [...keys];
}
