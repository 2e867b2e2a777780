import type { Db } from '../db/index.ts';
import { addIdentityCounts, type IdentityCounts } from './queries.ts';

/** Counts what user tokens proved, in memory; written a few seconds later, in one statement. */
export interface IdentityTally {
  add(appId: number, what: keyof IdentityCounts, n?: number): void;
  write(now: Date): Promise<void>;
}

export function createIdentityTally(db: Db): IdentityTally {
  let counts = new Map<number, IdentityCounts>();
  return {
    add(appId, what, n = 1) {
      const count = counts.get(appId) ?? { verified: 0, unverified: 0, invalid: 0 };
      count[what] += n;
      counts.set(appId, count);
    },
    async write(now) {
      const taken = counts;
      counts = new Map();
      await addIdentityCounts(db, { day: now.toISOString().slice(0, 10), counts: taken });
    },
  };
}
