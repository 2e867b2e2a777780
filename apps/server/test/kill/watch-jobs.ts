import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from '../../src/db/index.ts';

export interface JobState {
  state: string;
  slices: number;
  done: number;
  failed: number;
  result: Record<string, number> | null;
}

export function isOpen({ state }: JobState): boolean {
  return state === 'queued' || state === 'running';
}

/** Looks at long work from outside, whether the program runs or not. */
export function watchJobs(pool: Pool) {
  async function stateOf(ids: string[]): Promise<JobState[]> {
    const { rows } = await pool.query<JobState>(
      `select state, slices, done, failed, result from jobs where id = any($1) order by id`,
      [ids],
    );
    return rows;
  }

  return {
    stateOf,

    async slicesOf(ids: string[]): Promise<number> {
      return (await stateOf(ids)).reduce((sum, { slices }) => sum + slices, 0);
    },

    async isUnfinished(ids: string[]): Promise<boolean> {
      return (await stateOf(ids)).some(isOpen);
    },

    /** Until nothing waits to be applied. */
    async quiet(): Promise<void> {
      for (;;) {
        const { rowCount } = await pool.query(
          `select from inbox union all select from slot_queue limit 1`,
        );
        if (rowCount === 0) return;
        await sleep(50);
      }
    },
  };
}
