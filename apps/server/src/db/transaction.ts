import { sqlState, type Pool, type Tx } from './pool.ts';

export interface TransactionOptions {
  /**
   * How often the whole act is repeated after a deadlock (40P01) or a serialization failure
   * (40001). The act must then have no effect outside of its transaction.
   */
  retries?: number;
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readOnly?: boolean;
}

/** Commits what `act` did, or rolls all of it back and throws what `act` threw. */
export async function inTransaction<Outcome>(
  pool: Pool,
  act: (tx: Tx) => Promise<Outcome>,
  options: TransactionOptions = {},
): Promise<Outcome> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await once(pool, act, options);
    } catch (error) {
      if (attempt >= (options.retries ?? 0) || !isConflict(error)) throw error;
    }
  }
}

async function once<Outcome>(
  pool: Pool,
  act: (tx: Tx) => Promise<Outcome>,
  options: TransactionOptions,
): Promise<Outcome> {
  const tx = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error): void => {
    broken = error;
  };
  tx.on('error', onError);
  try {
    await tx.query(beginStatement(options));
    const outcome = await act(tx);
    await tx.query('commit');
    return outcome;
  } catch (error) {
    await tx.query('rollback').catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    tx.off('error', onError);
    tx.release(broken);
  }
}

function beginStatement({ isolation, readOnly }: TransactionOptions): string {
  return ['begin', isolation && `isolation level ${isolation}`, readOnly && 'read only']
    .filter(Boolean)
    .join(' ');
}

function isConflict(error: unknown): boolean {
  const state = sqlState(error);
  return state === '40P01' || state === '40001';
}
