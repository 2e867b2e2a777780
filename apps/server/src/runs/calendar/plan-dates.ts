import { inTransaction, type Pool } from '../../db/index.ts';
import { LANES, type Stamped } from '../../inbox/index.ts';
import { enqueueStamped } from '../../slots/index.ts';
import {
  findDated,
  moveDatePlan,
  renewDatePlans,
  takeDatePlan,
  type DatePlanRow,
} from './date-queries.ts';

/** Contacts that are told to look at their date by one commit. */
const PAGE = 2_000;

/**
 * Tells some contacts of a workflow that was activated to look at the dates that they have already;
 * who gets one later does so by the fact. Page and place are one commit, so a kill repeats nothing.
 * False when there is nothing to do.
 */
export async function planDates({ pool, slots, clock }: PlanParts): Promise<boolean> {
  return inTransaction(pool, async (tx) => {
    await renewDatePlans(tx);
    const plan = await takeDatePlan(tx);
    if (!plan) return false;
    const { workflow_id: workflowId, workspace_id: workspaceId, field } = plan;
    const after = plan.after_contact;
    const ids = await findDated(tx, { workspaceId, field, after, limit: PAGE });
    const at = clock().getTime();
    const stamped = ids.map((contactId) => tellingOf(plan, contactId, at));
    await enqueueStamped(tx, { stamped, slots });
    await moveDatePlan(tx, { workflowId, after: ids.at(-1) ?? after, finished: ids.length < PAGE });
    return true;
  });
}

export interface PlanParts {
  pool: Pool;
  slots: number;
  clock: () => Date;
}

function tellingOf(
  { workspace_id: workspaceId, workflow_id: workflowId, activated_at: since }: DatePlanRow,
  contactId: number,
  at: number,
): Stamped {
  return {
    workspaceId,
    contactId,
    receivedAt: at,
    lane: LANES.stream,
    item: { kind: 'schedule', workflowId, since: since.getTime(), at, source: 'system' },
  };
}
