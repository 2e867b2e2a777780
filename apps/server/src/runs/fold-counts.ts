import type { Db } from '../db/index.ts';

/** Under this slot stand the counts of days that are over. */
const FOLDED = -1;

/**
 * Folds the counts of days that are over, each row of all slots into one: they are added up whenever somebody
 * looks at a workflow, and nothing is added to them any more.
 */
export async function foldCounts(db: Db, { before }: { before: string }): Promise<void> {
  await db.query(
    `with folded as (delete from workflow_counts where day < $1 and slot >= 0
                     returning workflow_id, day, version, block, what, n)
     insert into workflow_counts (workflow_id, day, slot, version, block, what, n)
     select workflow_id, day, ${FOLDED}, version, block, what, sum(n)
       from folded
      group by workflow_id, day, version, block, what
         on conflict on constraint workflow_counts_pkey do update
        set n = workflow_counts.n + excluded.n`,
    [before],
  );
}
