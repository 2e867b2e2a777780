import { decideItems } from './decide-items.ts';
import { RowsMissing } from './directory.ts';
import { DEFAULT_RULES, type IdentityRules } from './identity-rules.ts';
import type { IndexedRules } from './index-fields.ts';
import { loadBatch, type Lookups } from './load-batch.ts';
import type { Arrived } from './queries.ts';
import { emptyResolution, type Resolution } from './resolution.ts';
import { createOrderDirectory } from './resolve-orders.ts';

/** More IDs are needed than were minted ahead. */
class MintMore extends Error {
  readonly what: 'contacts' | 'merges';
  constructor(what: 'contacts' | 'merges') {
    super(`more IDs of ${what} are needed`);
    this.what = what;
  }
}

/**
 * Finds or mints the contact of every item, in order of arrival. The rows that a batch needs show
 * only while it is resolved (a merge needs all rows of both), so it is begun again with more rows
 * until none is missing; each turn loads what the last one lacked.
 */
export async function resolveItems(
  lookups: Lookups,
  {
    workspaceId,
    arrived,
    rules = DEFAULT_RULES,
    indexed = new Map(),
  }: {
    workspaceId: number;
    arrived: Arrived[];
    rules?: IdentityRules;
    indexed?: IndexedRules;
  },
): Promise<Resolution> {
  const batch = await loadBatch(lookups, { arrived, indexed });
  const minted = {
    contacts: await lookups.mint(batch.guess.contacts),
    merges: await lookups.mintMerges(batch.guess.merges),
  };
  const mintMore = { contacts: lookups.mint, merges: lookups.mintMerges };
  for (;;) {
    try {
      return decideItems(arrived, {
        workspaceId,
        rules,
        indexed,
        directory: batch.directory(),
        orders: createOrderDirectory(batch.owners),
        // Undoing changes what later merges chose, so each turn begins with what is stored.
        known: structuredClone(batch.merges),
        deleted: new Set(batch.deleted),
        mint: handOut(minted, 'contacts'),
        mintMerge: handOut(minted, 'merges'),
        into: emptyResolution(),
      });
    } catch (problem) {
      if (problem instanceof RowsMissing) await batch.load(problem.contactIds);
      else if (problem instanceof MintMore)
        minted[problem.what].push(...(await mintMore[problem.what](8)));
      else throw problem;
    }
  }
}

/** Hands out IDs that were minted ahead. */
function handOut(
  minted: Record<MintMore['what'], readonly number[]>,
  what: MintMore['what'],
): () => number {
  let used = 0;
  return () => {
    const id = minted[what][used];
    if (id === undefined) throw new MintMore(what);
    used += 1;
    return id;
  };
}
