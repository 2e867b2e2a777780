import { changesBetween, writeAudit } from '../../audit/index.ts';
import { inTransaction, type Pool } from '../../db/index.ts';
import { Problem, type Origin } from '../../http/index.ts';
import { lockWorkspace } from '../../workspaces/index.ts';
import { readDomain } from '../domains/dns/domain-names.ts';
import { findLimits, writeLimits, type ReceivingLimit } from './limit-queries.ts';

/** Replaces all limits of a workspace; senders know within seconds. */
export async function saveLimits(
  db: Pool,
  {
    workspaceId,
    by,
    limits: given,
  }: { workspaceId: number; by: Origin; limits: readonly ReceivingLimit[] },
): Promise<ReceivingLimit[]> {
  const limits = checkLimits(given);
  return inTransaction(db, async (tx) => {
    await lockWorkspace(tx, { id: workspaceId });
    const before = await findLimits(tx, { workspaceId });
    await writeLimits(tx, { workspaceId, limits, now: by.at });
    const changes = changesBetween({ limits: before }, { limits });
    if (changes) {
      const object = { kind: 'workspace', id: workspaceId };
      await writeAudit(tx, { by, action: 'receiving_limits.change', object, ...changes });
    }
    return limits;
  });
}

/** A domain has one limit, or nobody could say which of them holds. */
function checkLimits(given: readonly ReceivingLimit[]): ReceivingLimit[] {
  const known = new Set<string>();
  return given.map((limit, i) => {
    if (limit.rate_per_second === null && limit.connections === null) {
      throw faulty(`/limits/${i}`, 'Limit how many leave a second, how many at once, or both.');
    }
    const domains = limit.domains.map((text, k) => {
      const path = `/limits/${i}/domains/${k}`;
      const domain = readDomain(text);
      if (domain === undefined) throw faulty(path, `"${text}" is not a domain.`);
      if (known.has(domain)) throw faulty(path, `${domain} has a limit already.`);
      known.add(domain);
      return domain;
    });
    return { ...limit, domains };
  });
}

function faulty(path: string, message: string): Problem {
  return new Problem('unprocessable', {
    detail: `${path}: ${message}`,
    errors: [{ path, message, in: 'body' }],
  });
}
