import type { ContactState } from '../contacts/index.ts';
import type { Tx } from '../db/index.ts';
import type { WorkflowIndex } from '../workflows/index.ts';
import type { RunCapabilities } from './capabilities.ts';
import type { Counts } from './counts.ts';
import { putAside, type RunRow } from './queries.ts';
import { stopRunsNow } from './stop-runs.ts';

/** Due runs that may walk. Those of paused workflows are put aside, those without a future end. */
export async function sortOut(
  tx: Tx,
  { cancelDeliveries, moves }: RunCapabilities,
  {
    claimed,
    index,
    contacts,
    counts,
    now,
  }: {
    claimed: readonly RunRow[];
    index: WorkflowIndex;
    contacts: ReadonlyMap<number, ContactState>;
    counts: Counts;
    now: number;
  },
): Promise<RunRow[]> {
  const sorted = Map.groupBy(claimed, (run) => fateOf(run, index, contacts));
  await putAside(tx, {
    runs: (sorted.get('paused') ?? []).map((run) => ({ contactId: run.contact_id, runId: run.id })),
  });
  const stopped = (['deleted', 'archived'] as const).flatMap((reason) =>
    (sorted.get(reason) ?? []).map((run) => ({ run, reason })),
  );
  await stopRunsNow(tx, { stopped, counts, cancelDeliveries, moves, now });
  return sorted.get('ready') ?? [];
}

type Fate = 'ready' | 'paused' | 'archived' | 'deleted';

function fateOf(
  run: RunRow,
  index: WorkflowIndex,
  contacts: ReadonlyMap<number, ContactState>,
): Fate {
  const contact = contacts.get(run.contact_id);
  if (!contact || contact.deletedAt !== null) return 'deleted';
  const state = index.workspaces.get(run.workspace_id)?.workflows.get(run.workflow_id)?.state;
  if (state === 'active') return 'ready';
  return state === 'paused' ? 'paused' : 'archived';
}
