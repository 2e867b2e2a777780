import type { CallRequest } from '@perennial/blocks/steps';
import type { WORKFLOW_CALL_STATES } from '@perennial/contracts';
import type { Db } from '../db/index.ts';
import type { Answer } from './read-answer.ts';

type CallState = (typeof WORKFLOW_CALL_STATES)[number];

/** A call as the log shows it. */
export interface CallRow {
  id: number;
  contact_id: number;
  workflow_id: number;
  version: number;
  block: string;
  run_id: number;
  state: CallState;
  tries: number;
  due_at: Date | null;
  status: number | null;
  problem: string | null;
  took_ms: number | null;
  created_at: Date;
  ended_at: Date | null;
  request: CallRequest;
  answer: Answer | null;
}

/** Newest first. Index workflow_calls_of_workflow. */
export async function listCalls(
  db: Db,
  filter: {
    workflowId: number;
    block?: string | undefined;
    runId?: number | undefined;
    contactId?: number | undefined;
    states?: CallState[] | undefined;
    before?: number | undefined;
    limit: number;
  },
): Promise<CallRow[]> {
  const { rows } = await db.query<CallRow>(
    `select id, contact_id, workflow_id, version, block, run_id, state, tries, due_at, status, problem, took_ms,
            created_at, ended_at, request, answer
       from workflow_calls
      where workflow_id = $1
        and ($2::text is null or block = $2)
        and ($3::bigint is null or run_id = $3)
        and ($4::bigint is null or contact_id = $4)
        and ($5::text[] is null or state = any($5))
        and ($6::bigint is null or id < $6)
      order by id desc
      limit $7`,
    [
      filter.workflowId,
      filter.block ?? null,
      filter.runId ?? null,
      filter.contactId ?? null,
      filter.states ?? null,
      filter.before ?? null,
      filter.limit,
    ],
  );
  return rows;
}
