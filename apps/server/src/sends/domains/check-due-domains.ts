import type { Pool } from '../../db/index.ts';
import { checkDomain, type CheckParts } from './check-domain.ts';
import { claimDueDomains } from './domain-queries.ts';

const AT_ONCE = 4;
const MOST = 40;
/** A check that took longer died with its process. */
const CLAIMED_MS = 10 * 60_000;

/** Checks the domains whose turn it is, a few at once. */
export async function checkDueDomains(
  db: Pool,
  { now, ...parts }: CheckParts & { now: Date },
): Promise<void> {
  const until = new Date(now.getTime() + CLAIMED_MS);
  const due = await claimDueDomains(db, { most: MOST, until, now });
  const lines = Array.from({ length: AT_ONCE }, async () => {
    for (let domain = due.pop(); domain; domain = due.pop()) {
      await checkDomain(db, parts, { domain, now });
    }
  });
  await Promise.all(lines);
}
