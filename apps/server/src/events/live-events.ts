import { z } from 'zod';
import type { Db } from '../db/index.ts';
import { listTypeIds } from './event-type-queries.ts';
import { reachBack } from './reach-back.ts';
import { newestOfContact, readFacts, type FactRow, type FoundFact } from './read-facts.ts';

/**
 * Where a look left off. IDs are given when facts are applied, but two workers commit in any order,
 * so a little way back is looked at again, and what was shown from there is remembered: how far
 * below the greatest each lies. A mark travels in a URL, where IDs themselves would take too much.
 */
export type Mark = [floor: number, greatest: number, shown: number[]];

/** As `Mark`; of 400 steps below 20,000 at most, 3,300 characters of base64 at the outside. */
export const markSchema = z.tuple([z.int(), z.int(), z.array(z.int()).max(1000)]);
export const LONGEST_MARK = 8192;

/** IDs looked at again: what a batch of every worker can hold. */
const OVERLAP = 20_000;
const MOST_REMEMBERED = 400;

/** An event that took longer to arrive is in the history, not in the live view. */
const LOOK_BACK_MS = 10 * 60_000;

export interface Look {
  workspaceId: number;
  types?: string[] | undefined;
  contactId?: number | undefined;
  mark?: Mark | undefined;
  now: number;
  limit: number;
}

export interface Seen {
  rows: FactRow[];
  mark: Mark;
  more: boolean;
}

/** What was applied since the last look, newest first; at first, the newest events there are. */
export async function lookForEvents(db: Db, look: Look): Promise<Seen> {
  const { workspaceId, mark, limit } = look;
  const found = await findNewest(db, look);
  const shown = new Set(mark && shownIds(mark));
  const fresh = mark
    ? found.filter(({ id }) => id > Math.max(mark[0], mark[1] - OVERLAP) && !shown.has(id))
    : found;
  const keys = fresh.toSorted((a, b) => b.id - a.id).slice(0, limit);
  return {
    rows: await readFacts(db, { workspaceId, keys }),
    mark: markAfter(mark, keys),
    more: mark !== undefined && fresh.length > limit,
  };
}

/** Of each type the newest: at a high rate the view shows some of them, and says so. */
async function findNewest(
  db: Db,
  { workspaceId, types, contactId, mark, now, limit }: Look,
): Promise<FoundFact[]> {
  const typeIds = await listTypeIds(db, { workspaceId, keys: types });
  const range = {
    before: { at: now + LOOK_BACK_MS, id: 0 },
    from: mark ? now - LOOK_BACK_MS : null,
    // Some of them were shown before.
    limit: mark ? limit + MOST_REMEMBERED : limit,
    typeIds,
  };
  return contactId === undefined
    ? reachBack(db, { ...range, now })
    : newestOfContact(db, { ...range, contactId });
}

function markAfter(mark: Mark | undefined, keys: FoundFact[]): Mark {
  const ids = keys.map((key) => key.id);
  const greatest = Math.max(mark?.[1] ?? 0, ...ids);
  // What lay there before the first look is history.
  const floor = mark ? mark[0] : greatest;
  const recent = [...ids, ...(mark ? shownIds(mark) : [])].filter((id) => id > greatest - OVERLAP);
  const remembered = recent.toSorted((a, b) => b - a).slice(0, MOST_REMEMBERED);
  const forgotten = recent.length > remembered.length ? remembered.at(-1)! - 1 : 0;
  return [Math.max(floor, forgotten), greatest, remembered.map((id) => greatest - id)];
}

function shownIds([, greatest, below]: Mark): number[] {
  return below.map((step) => greatest - step);
}
