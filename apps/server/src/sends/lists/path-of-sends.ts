import type { Db } from '../../db/index.ts';
import { MOST_LOOKED, type Stretch } from './look-back.ts';

/** What sends are of. */
export interface Causes {
  workspaceId: number;
  message?: number | undefined;
  campaign?: number | undefined;
  workflow?: number | undefined;
}

/** The rows that are looked at, newest first: a condition on `$1`, the workspace, and `$2`. */
export interface Path {
  sql: string;
  value: number | null;
}

/**
 * The index by which sends are looked through. Of a contact sends_pkey; those held sends_held; of a campaign
 * sends_newest_of_campaign, of a message sends_by_message, of a workflow sends_newest_of_workflow; else sends_newest.
 */
export function pathOfSends({
  contact,
  decisions,
  campaign,
  message,
  workflow,
}: Causes & { contact?: number | undefined; decisions?: readonly string[] | undefined }): Path {
  if (contact !== undefined) return { sql: pathBy('contact_id'), value: contact };
  if (decisions?.length === 1 && decisions[0] === 'held') {
    return { sql: `${ALL} and s.decision = 'held'`, value: null };
  }
  if (campaign !== undefined) return { sql: pathBy('campaign_id'), value: campaign };
  if (message !== undefined) return { sql: pathBy('message_id'), value: message };
  if (workflow !== undefined) return { sql: pathBy('workflow_id'), value: workflow };
  return { sql: ALL, value: null };
}

const ALL = `s.workspace_id = $1 and $2::bigint is null`;

function pathBy(column: string): string {
  return `s.workspace_id = $1 and s.${column} = $2`;
}

/** The sends of a stretch of a path, newest first and at most so many; parameters 1 to 4 are `valuesOf` it. */
export function lookedSends({ sql }: Path, most = MOST_LOOKED): string {
  return `(select * from sends s where ${sql} and s.id >= $3 and s.id < $4
            order by s.id desc limit ${most})`;
}

export function valuesOf(
  { workspaceId }: Causes,
  { value }: Path,
  { begin, end }: Stretch,
): unknown[] {
  return [workspaceId, value, begin, end];
}

/** The last send that a look reaches; undefined: it reaches the end. */
export async function lastLooked(
  db: Db,
  { sql }: Path,
  values: unknown[],
  most = MOST_LOOKED,
): Promise<{ id: number; at: Date } | undefined> {
  const { rows } = await db.query<{ id: number; at: Date }>(
    `select s.id, s.created_at as at from sends s
      where ${sql} and s.id >= $3 and s.id < $4
      order by s.id desc offset ${most - 1} limit 1`,
    values,
  );
  return rows[0];
}
