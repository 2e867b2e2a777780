import { inTransaction, sqlState, type Db, type Pool, type Tx } from '../db/index.ts';
import { chosen, type ContactChoice } from './choose-contacts.ts';

/** Counted one by one up to here, beside a page; beyond, an estimate has to do. */
const MOST_COUNTED = 50_000;

/** Longest time that counting may take before an estimate has to do. */
const PATIENCE_MS = 400;

/** Contacts that a sample looks at, about. */
const SAMPLED = 20_000;

export interface Count {
  total: number;
  exact: boolean;
}

type Filtered = ContactChoice & { where: NonNullable<ContactChoice['where']> };

interface CountLimits {
  patienceMs?: number;
  most?: number;
}

/**
 * Undefined where an estimate takes too long as well: what contacts did is read of all of them, also
 * for a few. Without a filter the statistics know it. Indexes: contacts_identified,
 * contacts_of_workspace, contacts_pkey.
 */
export function countContacts(
  db: Pool,
  choice: ContactChoice & { where?: undefined },
  limits?: CountLimits,
): Promise<Count>;
export function countContacts(
  db: Pool,
  choice: ContactChoice,
  limits?: CountLimits,
): Promise<Count | undefined>;
export async function countContacts(
  db: Pool,
  choice: ContactChoice,
  { patienceMs = PATIENCE_MS, most = MOST_COUNTED }: CountLimits = {},
): Promise<Count | undefined> {
  const counted = await inTime(db, patienceMs, (tx) => countOneByOne(tx, choice, most));
  if (counted !== undefined && counted <= most) return { total: counted, exact: true };
  const { where } = choice;
  const estimated = where
    ? await inTime(db, patienceMs, (tx) => estimate(tx, { ...choice, where }))
    : await plannedRows(db, choice);
  if (estimated === undefined) return undefined;
  return { total: Math.max(counted ?? 0, estimated), exact: false };
}

/** All of them, however long it takes: for work in the background. */
export async function countAll(tx: Tx, choice: ContactChoice): Promise<number> {
  const { values, condition } = chosen(choice);
  const { rows } = await tx.query<{ n: number }>(
    `select count(*) as n from contacts where ${condition}`,
    values,
  );
  return rows[0]?.n ?? 0;
}

/** What the act answers; undefined when the database needs longer for a statement. */
async function inTime<Answer>(
  db: Pool,
  patienceMs: number,
  act: (tx: Tx) => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await inTransaction(
      db,
      async (tx) => {
        await tx.query(`set local statement_timeout = ${patienceMs}`);
        return act(tx);
      },
      { readOnly: true },
    );
  } catch (error) {
    if (sqlState(error) === '57014') return undefined;
    throw error;
  }
}

async function countOneByOne(tx: Tx, choice: ContactChoice, most: number): Promise<number> {
  const { values, condition } = chosen(choice);
  const { rows } = await tx.query<{ n: number }>(
    `select count(*) as n
       from (select from contacts where ${condition} limit ${most + 1}) counted`,
    values,
  );
  return rows[0]?.n ?? 0;
}

/**
 * What the statistics say of the contacts without the filter, and of these the share that a sample
 * says passes it: of conditions on fields the statistics know nothing.
 */
async function estimate(tx: Tx, { where, ...choice }: Filtered): Promise<number> {
  const all = await plannedRows(tx, choice);
  const { rows: sizes } = await tx.query<{ rows: number }>(
    `select greatest(reltuples, 1)::bigint as rows from pg_class where oid = 'contacts'::regclass`,
  );
  const percent = Math.min(100, (SAMPLED / (sizes[0]?.rows ?? 1)) * 100);
  const { values, condition, put } = chosen(choice);
  const { rows } = await tx.query<{ passing: number; looked_at: number }>(
    `select count(*) filter (where ${where(put)}) as passing, count(*) as looked_at
       from contacts tablesample system (${percent}) repeatable (1)
      where ${condition}`,
    values,
  );
  const { passing = 0, looked_at = 0 } = rows[0] ?? {};
  return looked_at === 0 ? 0 : Math.round((all * passing) / looked_at);
}

/** They are as old as the last autovacuum. */
async function plannedRows(db: Db, choice: ContactChoice): Promise<number> {
  const { values, condition } = chosen(choice);
  const { rows } = await db.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    `explain (format json) select from contacts where ${condition}`,
    values,
  );
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}
