import { setTimeout as pause } from 'node:timers/promises';
import { advisoryLocks, inTransaction, type Db, type Pool, type Tx } from '../db/index.ts';
import { askToCancel, wasAskedToCancel } from './queries.ts';

/** Between two looks whether a statement runs that is to be ended. */
const LOOK_MS = 100;

/** By what a job's long statement is known among all that run. */
function nameOf(jobId: number): string {
  return `perennial: long work ${jobId}`;
}

/**
 * Runs what takes long within a slice, so that cancelling the job ends it in the database. The slice
 * then fails as a whole and the next one sees that the job was cancelled.
 */
export async function inLongStatement<Outcome>(
  tx: Tx,
  { id }: { id: number },
  act: () => Promise<Outcome>,
): Promise<Outcome> {
  const { rows } = await tx.query<{ name: string }>(
    `select current_setting('application_name') as name`,
  );
  await nameTransaction(tx, nameOf(id));
  const outcome = await act();
  await nameTransaction(tx, rows[0]!.name);
  return outcome;
}

async function nameTransaction(tx: Tx, name: string): Promise<void> {
  await tx.query(`select set_config('application_name', $1, true)`, [name]);
}

/**
 * Asks for the end of a job and ends its long statement; false when the job has ended. A slice holds
 * the job's row until it is over, so the asking stands in line while the statement is ended.
 */
export async function cancelWork(pool: Pool, tx: Tx, { id }: { id: number }): Promise<boolean> {
  await awaitCancelling(tx, { id });
  let isAsked = false;
  const asked = askToCancel(tx, { id }).finally(() => (isAsked = true));
  while (!isAsked) {
    await endLongStatement(pool, { id });
    await Promise.race([asked, pause(LOOK_MS)]);
  }
  return asked;
}

/** Whether a job is to end. Whoever is just asking for it is waited for. */
export function isCancelled(pool: Pool, { id }: { id: number }): Promise<boolean> {
  return inTransaction(pool, async (tx) => {
    await awaitCancelling(tx, { id });
    return wasAskedToCancel(tx, { id });
  });
}

/** Taken before a statement is ended, so that its slice, when it looks for the reason, finds it written. */
async function awaitCancelling(tx: Tx, { id }: { id: number }): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock($1, ($2::bigint % 2147483648)::integer)`, [
    advisoryLocks.cancelling,
    id,
  ]);
}

/** Processes that help a statement end with it. */
async function endLongStatement(db: Db, { id }: { id: number }): Promise<void> {
  await db.query(
    `select pg_cancel_backend(pid) from pg_stat_activity
      where application_name = $1 and state = 'active' and backend_type = 'client backend'
        and datname = current_database()`,
    [nameOf(id)],
  );
}
