import type { Pool } from '../db/index.ts';

/** A running process in `processes`; deliveries are claimed in its name. */
export interface ProcessRow {
  id: number;
  /** Takes the row away: what it claimed is settled. */
  leave(): Promise<void>;
}

/** How often a process says that it lives. */
export const BEAT_MS = 3000;

export async function enterProcess(
  pool: Pool,
  { role, clock, onError }: { role: string; clock: () => Date; onError: (cause: unknown) => void },
): Promise<ProcessRow> {
  const now = clock();
  const { rows } = await pool.query<{ id: number }>(
    `insert into processes (role, started_at, beat_at) values ($1, $2, $2) returning id`,
    [role, now],
  );
  const { id } = rows[0]!;
  const timer = setInterval(() => {
    pool.query(`update processes set beat_at = $2 where id = $1`, [id, clock()]).catch(onError);
  }, BEAT_MS);
  return {
    id,
    async leave() {
      clearInterval(timer);
      await pool.query(`delete from processes where id = $1`, [id]);
    },
  };
}
