import { inTransaction } from '../../db/transaction.ts';
import { doSlice } from '../../jobs/do-work.ts';
import { askToCancel } from '../../jobs/queries.ts';
import { longWork } from '../../main/long-work.ts';
import { requireRule } from '../../segments/check-rule.ts';
import { changeSegment } from '../../segments/change-segment.ts';
import { recomputeMeant } from '../../segments/index.ts';
import { liftSuppressions, suppressAddress } from '../../suppressions/index.ts';
import { changeWorkspace } from '../../workspaces/change-workspace.ts';
import { HOUR, type ActOf } from './test-deed.ts';
import type { StoryWorld } from './test-story-world.ts';

export async function suppress(
  { pool, slots, workspaceId, now: instant }: StoryWorld,
  { place, reason, hours }: ActOf<'suppress'>,
): Promise<undefined> {
  const now = new Date(instant());
  const until = reason === 'blocked' ? new Date(instant() + (hours ?? 1) * HOUR) : undefined;
  await inTransaction(pool, (tx) =>
    suppressAddress(tx, {
      suppression: {
        workspaceId,
        ...place,
        reason,
        since: now,
        source: 'manual',
        ...(until && { until }),
      },
      slots,
      now,
    }),
  );
}

export async function lift(
  { pool, slots, workspaceId, now }: StoryWorld,
  { place, reason }: ActOf<'lift'>,
): Promise<undefined> {
  await inTransaction(pool, (tx) =>
    liftSuppressions(tx, {
      addresses: [{ workspaceId, ...place }],
      reasons: [reason],
      source: 'manual',
      slots,
      now: new Date(now()),
    }),
  );
}

/** A new rule for a segment, and some slices of its computation. */
export async function redefine(
  world: StoryWorld,
  { n, rule, slices }: ActOf<'redefine'>,
): Promise<undefined> {
  const { pool, workspaceId, segments, by, named } = world;
  const place = n % segments.length;
  const definition = named(rule, place);
  const id = segments[place]!;
  await inTransaction(pool, async (tx) => {
    const checked = await requireRule(tx, { workspaceId, definition, segmentId: id });
    return changeSegment(tx, { workspaceId, id, by: by(), checked });
  });
  await compute(world, slices);
}

/**
 * Some slices of the oldest long work that has not ended; answers whether there is more. A new rule
 * takes over slot by slot, and contacts lie in other slots in another world: where logs are compared
 * it takes over at once.
 */
export async function compute(
  { pool, workspaceId, now, lively }: StoryWorld,
  slices: number,
): Promise<boolean> {
  const parts = {
    pool,
    kinds: longWork,
    clock: () => new Date(now()),
    stopping: new AbortController().signal,
  };
  for (let n = 0; n < slices || (!lively && (await isTakingOver(pool, workspaceId))); n += 1) {
    const job = await oldestJob(pool, workspaceId);
    if (job === undefined) return false;
    await doSlice(parts, { id: job });
  }
  return (await oldestJob(pool, workspaceId)) !== undefined;
}

async function oldestJob(
  pool: StoryWorld['pool'],
  workspaceId: number,
): Promise<number | undefined> {
  const { rows } = await pool.query<{ id: number }>(
    `select id from jobs where workspace_id = $1 and state in ('queued', 'running') order by id limit 1`,
    [workspaceId],
  );
  return rows[0]?.id;
}

async function isTakingOver(pool: StoryWorld['pool'], workspaceId: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select from segment_versions
      where workspace_id = $1 and swapped is not null and computed_at is null limit 1`,
    [workspaceId],
  );
  return rowCount === 1;
}

export async function cancel({ pool, workspaceId }: StoryWorld): Promise<undefined> {
  const id = await oldestJob(pool, workspaceId);
  if (id !== undefined) await askToCancel(pool, { id });
}

/** The workspace moves to another zone, or to another currency. */
export async function move(
  { pool, workspaceId, by }: StoryWorld,
  { zone: timeZone, currency: wanted }: ActOf<'move'>,
): Promise<undefined> {
  await inTransaction(pool, async (tx) => {
    const change = { id: workspaceId, timeZone, currency: wanted, by: by() };
    const { before, after } = await changeWorkspace(tx, change);
    await recomputeMeant(tx, {
      workspaceId,
      zone: after.time_zone !== before.time_zone,
      currency: after.currency !== before.currency,
      now: by().at,
    });
  });
}
