import type { jobSchema, Right } from '@perennial/contracts';
import type { z } from 'zod';
import type { Actor } from '../http/index.ts';
import type { JobRow } from './queries.ts';
import type { WorkKind } from './work.ts';

/** So long what a job changed is remembered, and its file kept. */
export const UNDO_MS = 3 * 86_400_000;

type Shown = z.output<typeof jobSchema>;

/** What is told of jobs needs not know how they are done. */
type KnownKinds = ReadonlyMap<string, Omit<WorkKind, 'slice'>>;

/** Who began a job may see it and stop it, and so may who has the right of its kind. */
export function maySee(
  job: JobRow,
  { kinds, actor, rights }: { kinds: KnownKinds; actor: Actor; rights: ReadonlySet<Right> },
): boolean {
  const kind = kinds.get(job.kind);
  if (kind && rights.has(kind.right)) return true;
  return job.actor_kind === actor.kind && job.actor_id === actor.id && actor.id !== null;
}

export function presentJob(
  job: JobRow,
  { kinds, changed }: { kinds: KnownKinds; changed: ReadonlySet<number> },
): Shown {
  // Emptied when it named somebody who was erased.
  const isEmptied = Object.keys(job.input).length === 0;
  const kind = isEmptied ? undefined : kinds.get(job.kind);
  const rate = rateOf(job);
  const hasEnded = job.ended_at !== null;
  const undoable = hasEnded && changed.has(job.id) && kind?.undo?.(job.input, job.id) !== undefined;
  return {
    id: job.id,
    kind: job.kind,
    about: kind?.about(job.input) ?? null,
    state: job.state,
    cancel_asked: job.cancel_asked,
    total: job.total,
    done: job.done,
    failed: job.failed,
    rate,
    remaining_seconds: hasEnded ? null : remainingSeconds(job, rate),
    result: job.result,
    reason: job.reason,
    undoable,
    undoable_until: undoable ? new Date(job.ended_at!.getTime() + UNDO_MS) : null,
    created_by: job.actor_name,
    created_at: job.created_at,
    started_at: job.started_at,
    ended_at: job.ended_at,
  };
}

/** A rate over less than this says nothing. */
const LEAST_WORKED_MS = 200;

function rateOf({ done, failed, worked_ms }: JobRow): number | null {
  if (worked_ms < LEAST_WORKED_MS) return null;
  return Math.round(((done + failed) * 10_000) / worked_ms) / 10;
}

function remainingSeconds({ total, done, failed }: JobRow, rate: number | null): number | null {
  if (total === null || rate === null || rate === 0) return null;
  return Math.ceil(Math.max(0, total - done - failed) / rate);
}
