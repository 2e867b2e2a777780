import type { Db } from '../db/index.ts';
import { IDENTIFIED } from './list-contacts.ts';

/** Counted one by one up to here; beyond, the planner's estimate has to do. */
const MOST_COUNTED = 50_000;

/** Contacts of a workspace that are not deleted: all or the identified ones, of all or of these. */
interface Which {
  workspaceId: number;
  identified: boolean;
  among?: number[] | undefined;
}

export interface Count {
  total: number;
  exact: boolean;
}

/** Indexes: contacts_identified, contacts_of_workspace, contacts_pkey. */
export async function countContacts(db: Db, which: Which): Promise<Count> {
  const { text, values } = rowsOf(which);
  const counted = await db.query<{ n: number }>(
    `select count(*) as n from (${text} limit ${MOST_COUNTED + 1}) counted`,
    values,
  );
  const n = counted.rows[0]?.n ?? 0;
  if (n <= MOST_COUNTED) return { total: n, exact: true };
  return { total: Math.max(n, await estimate(db, { text, values })), exact: false };
}

function rowsOf({ workspaceId, identified, among }: Which): { text: string; values: unknown[] } {
  const text = `select from contacts
                 where workspace_id = $1 and deleted_at is null${identified ? ` and ${IDENTIFIED}` : ''}`;
  if (!among) return { text, values: [workspaceId] };
  return { text: `${text} and id = any($2)`, values: [workspaceId, among] };
}

/** What the statistics say; they are as old as the last autovacuum. */
async function estimate(
  db: Db,
  { text, values }: { text: string; values: unknown[] },
): Promise<number> {
  const { rows } = await db.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    `explain (format json) ${text}`,
    values,
  );
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}
