import type { Tx } from '../db/index.ts';

/** What the engine counts of a workflow; exits are `exit:NAME`, refusals `not_started:REASON`. */
export type Counted =
  | 'entered'
  | 'started'
  | 'completed'
  | 'stopped'
  | 'failed'
  | 'converted'
  | `exit:${string}`
  | `not_started:${string}`;

export interface CountKey {
  workflowId: number;
  version: number;
  /** Empty: the workflow as a whole. */
  block: string;
  what: Counted;
}

/** Counts of one batch, written in one statement. */
export interface Counts {
  add: (key: CountKey, n?: number) => void;
  /** `slot` is any slot that the transaction owns: what a batch counts may stand under each. */
  write: (tx: Tx, options: { slot: number; now: number }) => Promise<void>;
}

export function createCounts(): Counts {
  const counts = new Map<string, CountKey & { n: number }>();
  return {
    add(key, n = 1) {
      const name = `${key.workflowId} ${key.version} ${key.what} ${key.block}`;
      const row = counts.get(name);
      if (row) row.n += n;
      else counts.set(name, { ...key, n });
    },
    async write(tx, { slot, now }) {
      if (counts.size === 0) return;
      const rows = [...counts.values()];
      counts.clear();
      await tx.query({
        name: 'add_workflow_counts',
        text: `insert into workflow_counts (workflow_id, day, slot, version, block, what, n)
               select workflow_id, $5::date, $6, version, block, what, n
                 from unnest($1::bigint[], $2::int[], $3::text[], $4::text[], $7::bigint[])
                   as counted (workflow_id, version, block, what, n)
                   on conflict on constraint workflow_counts_pkey
                   do update set n = workflow_counts.n + excluded.n`,
        values: [
          rows.map((row) => row.workflowId),
          rows.map((row) => row.version),
          rows.map((row) => row.block),
          rows.map((row) => row.what),
          new Date(now).toISOString().slice(0, 10),
          slot,
          rows.map((row) => row.n),
        ],
      });
    },
  };
}
