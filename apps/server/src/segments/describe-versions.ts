import type { segmentDetailSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../db/index.ts';
import { findJob } from '../jobs/index.ts';
import type { SegmentRow } from './segment-row.ts';
import {
  readComputing,
  readLatestVersion,
  readVersion,
  type VersionRow,
} from './version-queries.ts';

type Described = Pick<
  z.output<typeof segmentDetailSchema>,
  'definition' | 'version' | 'latest_version' | 'computing' | 'computed_at' | 'took_ms'
>;

/** A segment's rule as saved last, whose members are kept, and how far its computation is. */
export async function describeVersions(
  db: Db,
  { id: segmentId, version }: SegmentRow,
): Promise<Described> {
  const latest = await readLatestVersion(db, { segmentId });
  const kept = version > 0 ? await readVersion(db, { segmentId, version }) : undefined;
  return {
    definition: (latest?.definition ?? null) as Described['definition'],
    version,
    latest_version: latest?.version ?? 0,
    computing: latest?.state === 'computing' ? await progressOf(db, latest) : null,
    computed_at: kept?.computed_at ?? null,
    took_ms: kept?.took_ms ?? null,
  };
}

/** How far the computations of these segments are, by segment; one that has none is not there. */
export async function readComputations(
  db: Db,
  { segmentIds }: { segmentIds: readonly number[] },
): Promise<Map<number, NonNullable<Described['computing']>>> {
  const found = new Map<number, NonNullable<Described['computing']>>();
  for (const version of await readComputing(db, { segmentIds })) {
    found.set(version.segment_id, await progressOf(db, version));
  }
  return found;
}

async function progressOf(
  db: Db,
  { workspace_id: workspaceId, version, job_id: id, created_at: started }: VersionRow,
): Promise<NonNullable<Described['computing']>> {
  const job = id === null ? undefined : await findJob(db, { workspaceId, id });
  return {
    version,
    job: id,
    progress: job?.total == null ? null : { done: job.done, total: job.total },
    started_at: started,
  };
}
