import { inTransaction, type Pool, type Tx } from '../../db/index.ts';

/**
 * Runs an act in a read-only transaction with one snapshot. When the signal fires, the statement
 * that is running is cancelled in the database, not just forgotten here, and the signal's reason
 * is thrown.
 */
export async function runCancellable<T>(
  pool: Pool,
  act: (tx: Tx) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  return inTransaction(
    pool,
    async (tx) => {
      const { rows } = await tx.query<{ pid: number }>(`select pg_backend_pid() as pid`);
      const cancelling: Promise<unknown>[] = [];
      const cancel = (): void => {
        cancelling.push(pool.query(`select pg_cancel_backend($1)`, [rows[0]!.pid]));
      };
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        signal?.throwIfAborted();
        return await act(tx);
      } catch (error) {
        signal?.throwIfAborted();
        throw error;
      } finally {
        signal?.removeEventListener('abort', cancel);
        // Else the connection would serve somebody else when the cancellation arrives.
        await Promise.allSettled(cancelling);
      }
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}
