import { durationMs, type Duration } from '@perennial/blocks';
import type { Tx } from '../db/index.ts';
import type { EventTypeIds } from '../events/index.ts';
import type { Candidate, Refused, StartRefusal } from './candidate.ts';
import { refuseMembers, refuseStoppedBefore } from './look-back.ts';
import { findActiveRuns, findLastStarts, findLastStartsByKey } from './queries.ts';
import { pairKey } from './run-key.ts';

/**
 * The checks that ask the database, in the language's order, one statement for each kind (and each
 * event type looked back for) whatever the number of candidates. Refusals by candidate.
 */
export async function checkStarts(
  tx: Tx,
  {
    candidates,
    eventTypes,
    now,
  }: { candidates: Candidate[]; eventTypes: EventTypeIds; now: number },
): Promise<Map<Candidate, StartRefusal>> {
  const refused = new Map<Candidate, StartRefusal>();
  // Test runs neither count nor are held back by what counts.
  const counted = candidates.filter((candidate) => !candidate.test);
  const remaining = () => counted.filter((candidate) => !refused.has(candidate));
  await refuseStoppedBefore(tx, { candidates: remaining(), eventTypes, now, refused });
  await refuseMembers(tx, { candidates: remaining(), refused });
  await refuseRepeated(tx, { candidates: remaining(), refused });
  await refuseParallel(tx, { candidates: remaining(), refused });
  await refuseReentry(tx, { candidates: remaining(), refused });
  return refused;
}

/** `unique`: starts for this contact and key. */
async function refuseRepeated(
  tx: Tx,
  { candidates, refused }: { candidates: Candidate[]; refused: Refused },
): Promise<void> {
  const asked = candidates.flatMap((candidate) => {
    const start = candidate.version.factStart;
    const often = start && 'unique' in start ? start.unique : 'each';
    return often === 'each' || candidate.context['kind'] !== 'event' ? [] : [{ candidate, often }];
  });
  if (asked.length === 0) return;
  const last = await findLastStartsByKey(tx, {
    ...namesOf(asked),
    keys: unique(asked.map(({ candidate }) => candidate.key)),
  });
  const byKey = new Map(
    last.map((row) => [`${pairKey(row.contact_id, row.workflow_id)} ${row.key}`, row.started_at]),
  );
  for (const { candidate, often } of asked) {
    const started = byKey.get(`${pairOf(candidate)} ${candidate.key}`);
    if (isTooSoon(candidate, often, started)) refuse(refused, candidate, 'unique', started!);
  }
}

/** `one_at_a_time`: no active run with the same key, or none at all. */
async function refuseParallel(
  tx: Tx,
  { candidates, refused }: { candidates: Candidate[]; refused: Refused },
): Promise<void> {
  const asked = candidates
    .map((candidate) => ({ candidate, often: candidate.version.definition.limits.one_at_a_time }))
    .filter(({ often }) => often !== false);
  if (asked.length === 0) return;
  const active = await findActiveRuns(tx, namesOf(asked));
  const byPair = Map.groupBy(
    active.filter((run) => !run.test),
    (run) => pairKey(run.contact_id, run.workflow_id),
  );
  for (const { candidate, often } of asked) {
    const own = byPair.get(pairOf(candidate)) ?? [];
    const found = own.find((run) => often === 'contact' || run.key === candidate.key);
    if (found) {
      refused.set(candidate, { reason: 'one_at_a_time', details: { run: String(found.id) } });
    }
  }
}

/** `reentry`: starts for this contact whatever the key. */
async function refuseReentry(
  tx: Tx,
  { candidates, refused }: { candidates: Candidate[]; refused: Refused },
): Promise<void> {
  const asked = candidates.flatMap((candidate) => {
    const often = candidate.version.definition.limits.reentry;
    return often === 'always' ? [] : [{ candidate, often }];
  });
  if (asked.length === 0) return;
  const last = await findLastStarts(tx, namesOf(asked));
  const byPair = new Map(
    last.map((row) => [pairKey(row.contact_id, row.workflow_id), row.started_at]),
  );
  for (const { candidate, often } of asked) {
    const started = byPair.get(pairOf(candidate));
    if (isTooSoon(candidate, often, started)) refuse(refused, candidate, 'reentry', started!);
  }
}

/** Times count from the earlier run's start; at exactly their end the next may start. */
function isTooSoon(
  candidate: Candidate,
  often: 'once' | Duration,
  started: Date | undefined,
): boolean {
  if (started === undefined) return false;
  return often === 'once' || started.getTime() > since(candidate, often);
}

function since(candidate: Candidate, duration: Duration): number {
  return candidate.startedAt - durationMs(duration);
}

function refuse(
  refused: Refused,
  candidate: Candidate,
  reason: StartRefusal['reason'],
  started: Date,
): void {
  refused.set(candidate, { reason, details: { started_at: started.toISOString() } });
}

/** Contacts and workflows of candidates; the pairs that were not asked for are left to the caller. */
function namesOf(asked: { candidate: Candidate }[]): {
  contactIds: number[];
  workflowIds: number[];
} {
  return {
    contactIds: unique(asked.map(({ candidate }) => candidate.contactId)),
    workflowIds: unique(asked.map(({ candidate }) => candidate.workflow.id)),
  };
}

function pairOf(candidate: Candidate): string {
  return pairKey(candidate.contactId, candidate.workflow.id);
}

function unique<Value>(values: Value[]): Value[] {
  return [...new Set(values)];
}
