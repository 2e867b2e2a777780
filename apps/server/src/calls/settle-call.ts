import { inTransaction, type Pool, type Tx } from '../db/index.ts';
import { LANES, type ItemOutcome, type JsonObject } from '../inbox/index.ts';
import { enqueueStamped } from '../slots/index.ts';
import { endCall, putOff, type DueCall, type Told } from './due-queries.ts';
import type { CallOutcome } from './make-call.ts';

/** Soon at first, for hosts that restart. */
const BACK_OFF_MS = [5_000, 30_000, 120_000, 300_000, 900_000, 1_800_000, 3_600_000];
const LONGEST_WAIT_MS = 3_600_000;

/** After so many tries, when the next one may begin. */
export function backOffMs({
  tries,
  retryAfter = 0,
}: {
  tries: number;
  retryAfter?: number;
}): number {
  const usual = BACK_OFF_MS[Math.min(tries, BACK_OFF_MS.length) - 1] ?? 0;
  return Math.min(LONGEST_WAIT_MS, Math.max(usual, retryAfter));
}

/**
 * Notes what came of a try: the call is put off, or it ends, and in the same commit the run hears of it
 * in its own slot. A try that was given up as lost, and made again since, changes nothing.
 */
export async function settleCall(
  pool: Pool,
  call: DueCall,
  { outcome, slots, now }: { outcome: CallOutcome; slots: number; now: Date },
): Promise<void> {
  const { status, problem, answer, tookMs } = outcome;
  const told: Told = { status, problem, answer, tookMs };
  if (!outcome.ok && outcome.again && call.tries <= call.request.retries) {
    const { tries } = call;
    const { retryAfter = 0 } = outcome;
    const dueAt = new Date(now.getTime() + backOffMs({ tries, retryAfter }));
    return putOff(pool, call, { told, dueAt });
  }
  await inTransaction(pool, (tx) => finish(tx, call, { ok: outcome.ok, told, slots, now }), {
    retries: 3,
  });
}

/** Ends a call that was never answered. */
export async function giveUp(
  pool: Pool,
  call: DueCall,
  { problem, slots, now }: { problem: string; slots: number; now: Date },
): Promise<void> {
  const told: Told = { status: null, problem, answer: null, tookMs: null };
  await inTransaction(pool, (tx) => finish(tx, call, { ok: false, told, slots, now }), {
    retries: 3,
  });
}

async function finish(
  tx: Tx,
  call: DueCall,
  { ok, told, slots, now }: { ok: boolean; told: Told; slots: number; now: Date },
): Promise<void> {
  if (!(await endCall(tx, call, { state: ok ? 'answered' : 'failed', told, now }))) return;
  const { contact_id: contactId, workspace_id: workspaceId, run_id: runId, step } = call;
  const at = now.getTime();
  const outcome = outcomeOf(call, { ok, told });
  const stamped = {
    workspaceId,
    contactId,
    receivedAt: at,
    lane: LANES.interactive,
    item: { kind: 'resume', runId, step, outcome, at, source: 'workflow' },
  } as const;
  await enqueueStamped(tx, { stamped: [stamped], slots });
}

/** What the run keeps as the block's result. */
function outcomeOf(
  { contact_id: contactId, tries }: DueCall,
  { ok, told: { status, problem, answer, tookMs } }: { ok: boolean; told: Told },
): ItemOutcome {
  const result: JsonObject = {
    status,
    headers: answer?.headers ?? {},
    body: answer?.body ?? null,
    tries,
    took_ms: tookMs,
  };
  return ok
    ? { ok: true, contactId, minted: false, result }
    : { ok: false, code: 'call_failed', message: problem ?? 'The call failed.', result };
}
