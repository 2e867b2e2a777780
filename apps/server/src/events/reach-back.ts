import { DAY_MS } from '@perennial/conditions';
import type { Db } from '../db/index.ts';
import { newestOfTypes, type FoundFact, type Range } from './read-facts.ts';

/** Each type takes a step in each partition: first those of the last hour, the last day, the last month. */
const REACHES_MS = [DAY_MS / 24, DAY_MS, 30 * DAY_MS];

/**
 * The newest facts of these types, whoever's, looked for in the newest partitions first: planning
 * alone takes longer with each type and partition than reading what is found.
 */
export async function reachBack(
  db: Db,
  { now, ...range }: Omit<Range, 'whole'> & { typeIds: number[]; now: number },
): Promise<FoundFact[]> {
  const { before, from, limit } = range;
  const top = Math.min(before.at, now);
  for (const reach of REACHES_MS) {
    const since = Math.max(top - reach, from ?? -Infinity);
    const found = await newestOfTypes(db, { ...range, from: since });
    if (found.length >= limit || since === from) return found;
  }
  return newestOfTypes(db, range);
}
