import type { Tx } from '../db/index.ts';
import { hashAddress } from './hash-addresses.ts';
import { insertSuppressions, type SuppressionRow } from './queries.ts';

/** Push tokens end with their device, and a block for a time says nothing of the person. */
const NOT_KEPT = new Set(['mobile_push', 'web_push', 'app_inbox', 'in_app']);

/**
 * What the addresses of an erased person said stays as keyed hashes, without anything else. An
 * address that somebody else has too stays as it is.
 */
export async function hashSuppressions(
  tx: Tx,
  {
    workspaceId,
    contactIds,
    addresses,
  }: { workspaceId: number; contactIds: number[]; addresses: string[] },
): Promise<void> {
  const taken = await takeSuppressions(tx, { workspaceId, contactIds, addresses });
  const kept = taken.filter(
    ({ reason, channel }) => reason !== 'blocked' && !NOT_KEPT.has(channel),
  );
  if (kept.length === 0) return;
  const { rows } = await tx.query<{ key: Buffer }>(
    `select address_key as key from workspaces where id = $1`,
    [workspaceId],
  );
  await insertSuppressions(tx, {
    suppressions: kept.map(({ channel, address, reason, since, source }) => ({
      workspaceId,
      channel,
      address: hashAddress(rows[0]!.key, { channel, address }),
      reason,
      since,
      source,
    })),
  });
}

/** Of these addresses, and those heard of by way of these contacts; not of those others have. */
async function takeSuppressions(
  tx: Tx,
  {
    workspaceId,
    contactIds,
    addresses,
  }: { workspaceId: number; contactIds: number[]; addresses: string[] },
): Promise<SuppressionRow[]> {
  const { rows } = await tx.query<SuppressionRow>(
    `delete from suppressions s
      where s.workspace_id = $1 and (s.address = any($3) or s.contact_id = any($2)) and s.address !~ '^#'
        and not exists (select from identifiers i
                         where i.workspace_id = $1 and i.kind in ('email', 'phone') and i.value = s.address
                           and i.contact_id <> all($2))
     returning s.workspace_id, s.channel, s.address, s.reason, s.since, s.until, s.details, s.source,
               s.contact_id, s.delivery_id, s.strikes, s.job_id`,
    [workspaceId, contactIds, addresses],
  );
  return rows;
}
