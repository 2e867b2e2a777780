import type { Tx } from '../db/index.ts';
import { slotOf } from '../slots/index.ts';
import { anySlot, type RunCapabilities } from './capabilities.ts';
import { createCounts } from './counts.ts';
import { findActiveRuns, type ActiveRunRow } from './queries.ts';
import { stopRunsNow, type StoppedRun } from './stop-runs.ts';

export interface MergedPair {
  keepId: number;
  dropId: number;
}

/**
 * Runs of dropped contacts become the survivors', with their history and refused starts, so that
 * `unique` and `reentry` count both pasts. Of two active runs of one workflow and key the one that
 * started first goes on. To be called after the contacts' sends have moved.
 */
export async function moveRuns(
  tx: Tx,
  capabilities: RunCapabilities,
  { pairs, now }: { pairs: readonly MergedPair[]; now: number },
): Promise<void> {
  if (pairs.length === 0) return;
  const contactIds = pairs.flatMap(({ keepId, dropId }) => [keepId, dropId]);
  const active = await findActiveRuns(tx, { contactIds });
  const stopped = pairs.flatMap((pair) => doubles(active, pair));
  await moveRows(tx, capabilities, pairs);
  const counts = createCounts();
  const { cancelDeliveries } = capabilities;
  await stopRunsNow(tx, { stopped, counts, cancelDeliveries, now });
  await counts.write(tx, { slot: anySlot(capabilities, pairs[0]!.keepId), now });
}

/** The active runs that have a counterpart which started earlier, under the survivor's name. */
function doubles(active: ActiveRunRow[], { keepId, dropId }: MergedPair): StoppedRun[] {
  const own = active.filter((run) => !run.test && [keepId, dropId].includes(run.contact_id));
  const groups = Map.groupBy(own, (run) => `${run.workflow_id} ${run.key}`);
  return [...groups.values()].flatMap((runs) => {
    const [first] = runs.toSorted(
      (a, b) => a.started_at.getTime() - b.started_at.getTime() || a.id - b.id,
    );
    // Runs that one contact had side by side stay so; only the other contact's are one too many.
    return runs
      .filter((run) => run.contact_id !== first!.contact_id)
      .map((run) => ({ run: { ...run, contact_id: keepId }, reason: 'merged' }));
  });
}

const RUN = `id, workspace_id, workflow_id, version, key, state, reason, block, wake_at, paused_wake_at, steps, context,
  results, depth, test, started_at, ended_at`;
const STEP = `run_id, n, workspace_id, block, type, at, exit, decided_by`;
const REFUSAL = `workspace_id, workflow_id, key, reason, details, at`;

/** The key holds the contact, so rows are taken out and put in again. */
async function moveRows(
  tx: Tx,
  { slots }: RunCapabilities,
  pairs: readonly MergedPair[],
): Promise<void> {
  const drop = pairs.map(({ dropId }) => dropId);
  const keep = pairs.map(({ keepId }) => keepId);
  await tx.query(
    `with pair as (select * from unnest($1::bigint[], $2::bigint[], $3::int[]) as pair (drop_id, keep_id, keep_slot)),
          moved as (delete from runs r using pair where r.contact_id = pair.drop_id
                    returning r.*, pair.keep_id, pair.keep_slot)
     insert into runs (contact_id, source_contact_id, slot, ${RUN})
     select keep_id, coalesce(source_contact_id, contact_id), keep_slot, ${RUN} from moved`,
    [drop, keep, keep.map((id) => slotOf(id, slots))],
  );
  await tx.query(
    `with pair as (select * from unnest($1::bigint[], $2::bigint[]) as pair (drop_id, keep_id)),
          moved as (delete from run_steps s using pair where s.contact_id = pair.drop_id returning s.*, pair.keep_id)
     insert into run_steps (contact_id, source_contact_id, ${STEP})
     select keep_id, coalesce(source_contact_id, contact_id), ${STEP} from moved`,
    [drop, keep],
  );
  await tx.query(
    `with pair as (select * from unnest($1::bigint[], $2::bigint[]) as pair (drop_id, keep_id)),
          moved as (delete from not_started n using pair where n.contact_id = pair.drop_id returning n.*, pair.keep_id)
     insert into not_started (contact_id, source_contact_id, ${REFUSAL})
     select keep_id, coalesce(source_contact_id, contact_id), ${REFUSAL} from moved`,
    [drop, keep],
  );
}
