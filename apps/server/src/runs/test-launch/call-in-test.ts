import type { CallRequest } from '@perennial/blocks/steps';
import { makeCall } from '../../calls/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import { openWorkflowSecrets } from '../../workflows/index.ts';
import type { TestParts } from './parts.ts';
import type { TestRow } from './queries.ts';

/** So many webhooks are called by one test launch, which may go round in a loop without waiting. */
export const MOST_CALLS = 20;
/** After this a call that nobody told the outcome of is lost: the program stopped meanwhile. */
export const LOST_AFTER_MS = 60_000;

/** A call that a launch stands and waits for, while no transaction is open. */
export interface PendingCall {
  block: string;
  /** Steps that the launch had taken: with the block, the visit that is meant. */
  step: number;
  request: CallRequest;
}

/** What came of a call that the launch waited for. */
export interface HeardCall {
  call: PendingCall;
  result: JsonObject;
}

/**
 * Makes the request of a webhook block in earnest, once, as a trial does: signed, through the same guard,
 * under an ID by which the other system can tell it is a test. What came of it, as the block's result.
 */
export async function callInTest(
  { pool, callEgress, box }: TestParts,
  { row, call, now }: { row: TestRow; call: PendingCall; now: Date },
): Promise<JsonObject> {
  const { request, step } = call;
  const numbers = [...Object.values(request.secrets), request.signing].filter(
    (number) => number !== undefined,
  );
  const secrets = await openWorkflowSecrets(pool, box, {
    workspaceId: row.workspace_id,
    origin: new URL(request.url).origin,
    numbers,
  });
  const id = `call_test_${row.id}_${step}`;
  const { ok, status, answer, problem, tookMs } = await makeCall(callEgress, request, {
    id,
    secrets,
    now,
  });
  return {
    status,
    headers: answer?.headers ?? {},
    body: answer?.body ?? null,
    tries: 1,
    took_ms: tookMs,
    ...(!ok && { failed: problem ?? 'The call failed.', code: 'call_failed' }),
  };
}
