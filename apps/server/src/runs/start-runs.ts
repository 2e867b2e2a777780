import type { Tx } from '../db/index.ts';
import { slotOf } from '../slots/index.ts';
import type { RunCapabilities } from './capabilities.ts';
import type { Candidate, StartRefusal } from './candidate.ts';
import { checkStarts } from './check-starts.ts';
import type { Counts } from './counts.ts';
import { insertRefusals, insertRuns, type Refusal } from './queries.ts';
import { pairKey } from './run-key.ts';
import type { RunMove } from './run-moves.ts';

/** What became of a candidate. */
export type Started = { ok: true; runId: number } | { ok: false; refusal: StartRefusal };

interface StartOptions {
  candidates: Candidate[];
  counts: Counts;
  now: number;
}

/** Makes the runs that the limits allow, and records why the others were not made. */
export async function startRuns(
  tx: Tx,
  capabilities: RunCapabilities,
  { candidates, ...options }: StartOptions,
): Promise<Map<Candidate, Started>> {
  const outcomes = new Map<Candidate, Started>();
  for (const round of roundsOf(candidates)) {
    for (const [candidate, outcome] of await startRound(tx, capabilities, {
      candidates: round,
      ...options,
    })) {
      outcomes.set(candidate, outcome);
    }
  }
  return outcomes;
}

/** The limits see each start by itself: two of one contact and workflow are checked in turn. */
function roundsOf(candidates: Candidate[]): Candidate[][] {
  const seen = new Map<string, number>();
  const rounds: Candidate[][] = [];
  for (const candidate of candidates) {
    const key = pairKey(candidate.contactId, candidate.workflow.id);
    const round = seen.get(key) ?? 0;
    seen.set(key, round + 1);
    (rounds[round] ??= []).push(candidate);
  }
  return rounds;
}

async function startRound(
  tx: Tx,
  { eventTypes, slots, moves }: RunCapabilities,
  { candidates, counts, now }: StartOptions,
): Promise<Map<Candidate, Started>> {
  const refused = await checkStarts(tx, { candidates, eventTypes, now });
  const allowed = candidates.filter((candidate) => !refused.has(candidate));
  const ids = await insertRuns(tx, { runs: allowed.map((candidate) => runOf(candidate, slots)) });
  await recordRefusals(tx, {
    refusals: [...refused].map(([candidate, { reason, details }]) => ({
      ...namesOf(candidate),
      reason,
      details,
    })),
    counts,
  });
  for (const candidate of allowed) {
    countStart(candidate, counts);
    if (!candidate.test) moves.note(moveOf(candidate));
  }
  return new Map<Candidate, Started>([
    ...[...refused].map(([candidate, refusal]) => [candidate, { ok: false, refusal }] as const),
    ...allowed.map((candidate, i) => [candidate, { ok: true, runId: ids[i]! }] as const),
  ]);
}

function runOf(candidate: Candidate, slots: number) {
  const { contactId, workflow, version, key, context, depth, test, startedAt } = candidate;
  return {
    contactId,
    workspaceId: workflow.workspaceId,
    slot: slotOf(contactId, slots),
    workflowId: workflow.id,
    version: version.version,
    key,
    block: version.definition.first,
    context,
    depth,
    test,
    startedAt,
  };
}

function moveOf({ contactId, workflow, depth, startedAt: at }: Candidate): RunMove {
  return { contactId, workspaceId: workflow.workspaceId, workflowId: workflow.id, depth, at };
}

function namesOf({ contactId, workflow, version, key, startedAt }: Candidate) {
  return {
    contactId,
    workspaceId: workflow.workspaceId,
    workflowId: workflow.id,
    version: version.version,
    key,
    at: startedAt,
  };
}

function countStart({ workflow, version, test }: Candidate, counts: Counts): void {
  if (test) return;
  const of = { workflowId: workflow.id, version: version.version };
  counts.add({ ...of, block: '', what: 'started' });
  counts.add({ ...of, block: version.definition.first, what: 'entered' });
}

/** Each is visible on its contact, and counted. */
export async function recordRefusals(
  tx: Tx,
  { refusals, counts }: { refusals: (Refusal & { version: number })[]; counts: Counts },
): Promise<void> {
  await insertRefusals(tx, { refusals });
  for (const { workflowId, version, reason } of refusals) {
    counts.add({ workflowId, version, block: '', what: `not_started:${reason}` });
  }
}
