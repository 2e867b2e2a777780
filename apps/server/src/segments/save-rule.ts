import { isDeepStrictEqual } from 'node:util';
import { registerEventTypes } from '../events/index.ts';
import type { Tx } from '../db/index.ts';
import type { Origin } from '../http/index.ts';
import { enqueueJob, type JobRow } from '../jobs/index.ts';
import { raiseConfigVersion, type MeantChange } from '../workspaces/index.ts';
import type { CheckedRule } from './check-rule.ts';
import { computeKind } from './compute-kind.ts';
import {
  findUsedEventTypes,
  findUsingCurrency,
  findUsingSegments,
  findUsingZone,
} from './find-rule-uses.ts';
import { findSegment, lockSegment } from './queries.ts';
import {
  type ComputationCause,
  endComputing,
  giveUpVersions,
  insertVersion,
  readLatestVersion,
  setVersionJob,
  type VersionRow,
} from './version-queries.ts';

/** The long work that takes the members of a deleted segment away. */
export const DISSOLVE = 'segments.dissolve';

interface Segment {
  id: number;
  name: string;
  /** Whose members are kept. */
  version: number;
}

/**
 * Makes a checked rule the segment's latest version and begins to compute its members. Nothing for
 * the rule that is the latest already, unless its computation broke off. The segment must be locked.
 */
export async function saveRule(
  tx: Tx,
  { segment, checked, ...options }: Saving & { segment: Segment; checked: CheckedRule },
): Promise<JobRow | undefined> {
  const { workspaceId, by } = options;
  const latest = await readLatestVersion(tx, { segmentId: segment.id });
  const { definition, newEventTypes } = checked;
  if (latest && isInForce(latest) && isDeepStrictEqual(latest.definition, definition)) {
    return undefined;
  }
  const keys = newEventTypes.toSorted();
  if (keys.length > 0) await registerEventTypes(tx, { workspaceId, keys, now: by.at });
  return beginVersion(tx, { ...options, segment, latest, definition });
}

interface Saving {
  workspaceId: number;
  by: Origin;
  cause: ComputationCause;
}

function isInForce({ state }: VersionRow): boolean {
  return state === 'computing' || state === 'ready';
}

/** Computes the latest rule of a segment anew, as a version of its own. The segment must be locked. */
export async function recomputeRule(
  tx: Tx,
  { segment, ...options }: Saving & { segment: Segment },
): Promise<JobRow | undefined> {
  const latest = await readLatestVersion(tx, { segmentId: segment.id });
  if (!latest) return undefined;
  return beginVersion(tx, { ...options, segment, latest, definition: latest.definition });
}

/**
 * Computes anew what asks for the members of a segment that a computation exchanged: nobody was
 * evaluated for them one by one.
 */
export async function recomputeDependents(
  tx: Tx,
  { workspaceId, segmentId, now }: { workspaceId: number; segmentId: number; now: Date },
): Promise<void> {
  const uses = await findUsingSegments(tx, { workspaceId, segmentIds: [segmentId] });
  const ids = (uses.get(segmentId) ?? []).map(({ id }) => id);
  await recomputeAll(tx, { workspaceId, ids, cause: 'definition', now });
}

/**
 * The days of a workspace begin at other instants, or its amounts are in another currency: what
 * measures by them is computed anew.
 */
export async function recomputeMeant(
  tx: Tx,
  { workspaceId, zone, currency, now }: MeantChange,
): Promise<void> {
  const uses = [
    ...(zone ? await findUsingZone(tx, { workspaceId }) : []),
    ...(currency ? await findUsingCurrency(tx, { workspaceId }) : []),
  ];
  const ids = [...new Set(uses.map(({ id }) => id))];
  await recomputeAll(tx, { workspaceId, ids, cause: 'workspace', now });
}

/** Events went, of one type or of any: what asks for some is computed anew. */
export async function recomputeAfterDeletion(
  tx: Tx,
  {
    workspaceId,
    eventType,
    now,
  }: { workspaceId: number; eventType: string | undefined; now: Date },
): Promise<void> {
  const uses = await findUsedEventTypes(tx, { workspaceId });
  const asking = eventType === undefined ? [...uses.values()].flat() : (uses.get(eventType) ?? []);
  const ids = [...new Set(asking.map(({ id }) => id))];
  await recomputeAll(tx, { workspaceId, ids, cause: 'deletion', now });
}

/** Computes these segments anew because of something that no contact did. */
export async function recomputeAll(
  tx: Tx,
  {
    workspaceId,
    ids,
    cause,
    now,
  }: { workspaceId: number; ids: number[]; cause: ComputationCause; now: Date },
): Promise<void> {
  const actor = { kind: 'system' as const, id: null, name: 'segments' };
  const by = { workspaceId, actor, at: now };
  // In one order everywhere, so that two who lock some never wait for each other.
  for (const id of ids.toSorted((a, b) => a - b)) {
    await lockSegment(tx, { workspaceId, id });
    const segment = await findSegment(tx, { workspaceId, id });
    if (segment) await recomputeRule(tx, { workspaceId, segment, by, cause });
  }
}

/**
 * What is being computed makes room for it. Whoever evaluates contacts learns of it by the
 * workspace's config_version.
 */
async function beginVersion(
  tx: Tx,
  {
    workspaceId,
    segment,
    latest,
    definition,
    by,
    cause,
  }: Saving & {
    segment: Segment;
    latest: VersionRow | undefined;
    definition: VersionRow['definition'];
  },
): Promise<JobRow> {
  const segmentId = segment.id;
  const version = (latest?.version ?? 0) + 1;
  const why = segment.version === 0 ? 'first_computation' : cause;
  await endComputing(tx, { segmentId, state: 'replaced' });
  await insertVersion(tx, {
    segmentId,
    workspaceId,
    version,
    definition,
    cause: why,
    now: by.at,
  });
  const job = await enqueueJob(tx, {
    workspaceId,
    by,
    kind: computeKind.kind,
    input: {
      segment: String(segmentId),
      name: segment.name,
      version,
      cause: why,
    },
  });
  await setVersionJob(tx, { segmentId, version, jobId: job.id });
  await raiseConfigVersion(tx, { workspaceId });
  return job;
}

/** A deleted segment has no members: its rule holds no longer. The segment must be locked. */
export async function beginDissolving(
  tx: Tx,
  { workspaceId, segment, by }: Omit<Saving, 'cause'> & { segment: Segment & { size: number } },
): Promise<void> {
  await giveUpVersions(tx, { segmentId: segment.id });
  await enqueueJob(tx, {
    workspaceId,
    by,
    kind: DISSOLVE,
    input: { segment: String(segment.id), name: segment.name },
    total: segment.size,
  });
  await raiseConfigVersion(tx, { workspaceId });
}
