import { inTransaction, type Pool, type Tx } from '../../db/index.ts';
import { tendKeptTypes } from '../../events/index.ts';
import { compileSet, type Wanted } from './compile-set.ts';
import { prepareQuestion } from './prepare-question.ts';
import { runCancellable } from './run-cancellable.ts';
import type { SetQuestion } from './set-question.ts';
import { createTurns, type Turns } from './turns.ts';

/** What each form of the question is answered with. */
export interface SetAnswers {
  members: number[];
  count: number;
  sample: { count: number; sample: number[] };
  changes: SetAnswer[];
}

/** What is true of one contact, and until when time alone leaves it so; null: for ever. */
export interface SetAnswer {
  id: number;
  member: boolean;
  changes_at: Date | null;
}

export interface SetLimits {
  /** When the statement is given up; the database then says 57014. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

/**
 * Each scans millions of rows with the help of further processes of the database: what takes a
 * while is let wait for its turn, so that accepting and applying events keep their connections and
 * most of the processors.
 */
const AT_ONCE = 2;

const turnsOf = new WeakMap<Pool, Turns>();

/**
 * Asks a definition of all contacts of its workspace, as of one snapshot of the database. Throws
 * the reason of the signal when that fires, and `NotInSql` for what cannot be asked.
 */
export async function evaluateSet<W extends Wanted>(
  pool: Pool,
  question: SetQuestion,
  { wanted, timeoutMs, signal }: SetLimits & { wanted: W },
): Promise<SetAnswers[W]> {
  return turns(pool).take(async () => {
    const asking: Asking = {};
    try {
      return await runCancellable(
        pool,
        async (tx) => {
          await prepareToScan(tx, timeoutMs);
          const prepared = await prepareQuestion(tx, question);
          const { text, values } = compileSet(prepared, wanted);
          asking.began = performance.now();
          asking.keys = [...prepared.kept.asked];
          const { rows } = await tx.query<object>(text, values);
          return read[wanted](rows as never);
        },
        signal,
      );
    } finally {
      // Also when it was given up: then it was slow.
      await tend(pool, question, asking);
    }
  }, signal);
}

/** What a statement asked of the kept times, and when it began. */
interface Asking {
  keys?: string[];
  began?: number;
}

async function tend(
  pool: Pool,
  { workspaceId, now }: SetQuestion,
  { keys = [], began = performance.now() }: Asking,
): Promise<void> {
  if (keys.length === 0) return;
  const tookMs = performance.now() - began;
  await inTransaction(pool, (tx) => tendKeptTypes(tx, { workspaceId, keys, tookMs, now }));
}

/** Settings for statements over the whole base, until the transaction ends. */
export async function prepareToScan(tx: Tx, timeoutMs: number): Promise<void> {
  // Such a statement has dozens of expressions over each partition: compiling them takes longer than
  // it saves. And handing a row over to another process costs a tenth of what the planner takes it
  // for: with the default each process groups all events by itself instead of its part of them
  // (decision 25).
  await tx.query(
    `set local statement_timeout = ${Math.ceil(timeoutMs)};
     set local jit = off;
     set local parallel_tuple_cost = 0.01`,
  );
}

const read: { [W in Wanted]: (rows: never) => SetAnswers[W] } = {
  members: (rows: { id: number }[]) => rows.map(({ id }) => id),
  count: (rows: [{ count: number }]) => rows[0].count,
  sample: (rows: [{ count: number; sample: number[] }]) => rows[0],
  changes: (rows: SetAnswer[]) => rows,
};

function turns(pool: Pool): Turns {
  let found = turnsOf.get(pool);
  if (!found) turnsOf.set(pool, (found = createTurns(AT_ONCE)));
  return found;
}
