import type { Db } from '../db/index.ts';
import type { CategoryRow } from './queries.ts';

/** Counted one by one up to here; beyond, the planner's estimate has to do. */
const MOST_COUNTED = 10_000;

export interface SubscribedCount {
  subscribed: number;
  exact: boolean;
}

type Counted = Pick<CategoryRow, 'id' | 'default_subscribed'>;

/**
 * How many contacts are in each category. A count looks at a bounded number of rows, so that a
 * million contacts cost no more than ten thousand. Indexes: category_choices_of_category,
 * contacts_of_workspace, contacts_pkey.
 */
export async function countSubscribed(
  db: Db,
  { workspaceId, categories }: { workspaceId: number; categories: readonly Counted[] },
): Promise<Map<number, SubscribedCount>> {
  const counts = new Map<number, SubscribedCount>();
  const everybody = categories.some((category) => category.default_subscribed)
    ? await countContacts(db, workspaceId)
    : NOBODY;
  for (const { id, default_subscribed: isDefault } of categories) {
    const chose = await countChoices(db, id, !isDefault);
    counts.set(
      id,
      isDefault
        ? {
            subscribed: Math.max(0, everybody.subscribed - chose.subscribed),
            exact: everybody.exact && chose.exact,
          }
        : chose,
    );
  }
  return counts;
}

const NOBODY: SubscribedCount = { subscribed: 0, exact: true };

function countContacts(db: Db, workspaceId: number): Promise<SubscribedCount> {
  return countRows(db, `select from contacts where workspace_id = $1 and deleted_at is null`, [
    workspaceId,
  ]);
}

function countChoices(db: Db, id: number, subscribed: boolean): Promise<SubscribedCount> {
  return countRows(
    db,
    `select from category_choices choice
       join contacts on contacts.id = choice.contact_id and contacts.deleted_at is null
      where choice.category_id = $1 and choice.subscribed = $2`,
    [id, subscribed],
  );
}

async function countRows(db: Db, text: string, values: unknown[]): Promise<SubscribedCount> {
  const counted = await db.query<{ n: number }>(
    `select count(*) as n from (${text} limit ${MOST_COUNTED + 1}) counted`,
    values,
  );
  const n = counted.rows[0]?.n ?? 0;
  if (n <= MOST_COUNTED) return { subscribed: n, exact: true };
  const { rows } = await db.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    `explain (format json) ${text}`,
    values,
  );
  const estimate = rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
  return { subscribed: Math.max(n, estimate), exact: false };
}
