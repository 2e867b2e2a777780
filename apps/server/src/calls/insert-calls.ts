import type { CallRequest } from '@perennial/blocks/steps';
import type { Tx } from '../db/index.ts';

/** Rung when there is a call to make. */
export const CALLS_CHANNEL = 'perennial_calls';

/** A call that a run waits for. */
export interface NewCall {
  workspaceId: number;
  contactId: number;
  runId: number;
  /** Number of the visit. */
  step: number;
  workflowId: number;
  version: number;
  block: string;
  request: CallRequest;
}

/** Notes calls with the steps that want them; they are made after the commit. */
export async function insertCalls(
  tx: Tx,
  { calls, now }: { calls: readonly NewCall[]; now: Date },
): Promise<void> {
  if (calls.length === 0) return;
  await tx.query({
    name: 'insert_workflow_calls',
    text: `insert into workflow_calls (contact_id, id, workspace_id, run_id, step, workflow_id, version, block, origin,
                                       request, due_at, created_at)
           select contact_id, nextval('workflow_call_ids'), workspace_id, run_id, step, workflow_id, version, block,
                  origin, request, $10, $10
             from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[], $5::bigint[], $6::int[], $7::text[],
                         $8::text[], $9::jsonb[])
                  as call (contact_id, workspace_id, run_id, step, workflow_id, version, block, origin, request)`,
    values: [
      calls.map((call) => call.contactId),
      calls.map((call) => call.workspaceId),
      calls.map((call) => call.runId),
      calls.map((call) => call.step),
      calls.map((call) => call.workflowId),
      calls.map((call) => call.version),
      calls.map((call) => call.block),
      calls.map((call) => new URL(call.request.url).origin),
      calls.map((call) => JSON.stringify(call.request)),
      now,
    ],
  });
  await tx.query(`notify ${CALLS_CHANNEL}`);
}

/** Nobody waits any more for what these runs asked. Plan: workflow_calls_pkey by contact. */
export async function cancelCalls(
  tx: Tx,
  {
    runs,
    reason,
    now,
  }: { runs: readonly { contactId: number; runId: number }[]; reason: string; now: Date },
): Promise<void> {
  if (runs.length === 0) return;
  await tx.query({
    name: 'cancel_workflow_calls',
    text: `update workflow_calls
              set state = 'cancelled', due_at = null, problem = $3, ended_at = $4
            where contact_id = any($1::bigint[]) and run_id = any($2::bigint[]) and state = 'waiting'`,
    values: [runs.map(({ contactId }) => contactId), runs.map(({ runId }) => runId), reason, now],
  });
}
