import type { Db } from '../../db/index.ts';
import type { SetQuestion } from './set-question.ts';

/**
 * The zones that contacts have, where a definition would otherwise be written out for every zone of
 * the world and every year: anniversaries in each contact's own zone. Undefined: all will do.
 */
export async function zonesInUse(
  db: Db,
  { rule, workspaceId }: Pick<SetQuestion, 'rule' | 'workspaceId'>,
): Promise<string[] | undefined> {
  const text = JSON.stringify(rule);
  if (!text.includes('"anniversary"') || !text.includes('"contact"')) return undefined;
  const { rows } = await db.query<{ zone: string }>(
    `select distinct fields ->> 'time_zone' as zone from contacts
      where workspace_id = $1 and deleted_at is null and fields ? 'time_zone'`,
    [workspaceId],
  );
  return rows.map(({ zone }) => zone);
}
