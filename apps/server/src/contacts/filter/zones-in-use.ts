import { isKnownZone, type Definition, type Node } from '@perennial/conditions';
import type { Db } from '../../db/index.ts';

/**
 * The zones that contacts have, or these of them, where a rule would otherwise be written out for
 * every zone of the world and every year: anniversaries in each contact's own zone. Undefined: all
 * will do.
 */
export async function zonesInUse(
  db: Db,
  {
    rule,
    workspaceId,
    among,
  }: { rule: Definition | Node; workspaceId: number; among?: readonly number[] | undefined },
): Promise<string[] | undefined> {
  const text = JSON.stringify(rule);
  if (!text.includes('"anniversary"') || !text.includes('"contact"')) return undefined;
  const { rows } = await db.query<{ zone: string }>(
    `select distinct fields ->> 'time_zone' as zone from contacts
      where workspace_id = $1 and deleted_at is null and fields ? 'time_zone'
        and ($2::bigint[] is null or id = any($2))`,
    [workspaceId, among ?? null],
  );
  return rows.map(({ zone }) => zone).filter(isKnownZone);
}
