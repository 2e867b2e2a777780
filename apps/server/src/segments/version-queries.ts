import type { Definition } from '@perennial/conditions';
import type { Db, Tx } from '../db/index.ts';

/**
 * `computing`: its members are being found out; `ready`: they were; `replaced`: a newer one was saved
 * meanwhile.
 */
export type VersionState = 'computing' | 'ready' | 'cancelled' | 'failed' | 'replaced';

/** One rule of a segment, and how far its computation is. */
export interface VersionRow {
  segment_id: number;
  version: number;
  workspace_id: number;
  definition: Definition;
  state: VersionState;
  job_id: number | null;
  created_at: Date;
  computed_at: Date | null;
  took_ms: number | null;
  /**
   * Slots below this one hold its members; null while none does. From the first on it goes on to the
   * last, whatever is saved or cancelled meanwhile.
   */
  swapped: number | null;
}

const COLUMNS = `segment_id, version, workspace_id, definition, state, job_id, created_at, computed_at,
  took_ms, swapped`;

/** The rule as it was saved last. Index segment_versions_pkey. */
export async function readLatestVersion(
  db: Db,
  { segmentId }: { segmentId: number },
): Promise<VersionRow | undefined> {
  const { rows } = await db.query<VersionRow>(
    `select ${COLUMNS} from segment_versions where segment_id = $1 order by version desc limit 1`,
    [segmentId],
  );
  return rows[0];
}

/** Index segment_versions_pkey. */
export async function readVersion(
  db: Db,
  { segmentId, version }: { segmentId: number; version: number },
): Promise<VersionRow | undefined> {
  const { rows } = await db.query<VersionRow>(
    `select ${COLUMNS} from segment_versions where segment_id = $1 and version = $2`,
    [segmentId, version],
  );
  return rows[0];
}

/** Locks the segment's row first, as whoever saves does: versions change one after another. */
export async function lockVersion(
  tx: Tx,
  { segmentId, version }: { segmentId: number; version: number },
): Promise<VersionRow | undefined> {
  const { rows } = await tx.query<VersionRow>(
    `select ${COLUMNS} from segment_versions where segment_id = $1 and version = $2 for update`,
    [segmentId, version],
  );
  return rows[0];
}

export interface NewVersion {
  segmentId: number;
  workspaceId: number;
  version: number;
  definition: Definition;
  now: Date;
}

export async function insertVersion(tx: Tx, version: NewVersion): Promise<void> {
  await tx.query(
    `insert into segment_versions (segment_id, version, workspace_id, definition, state, created_at)
     values ($1, $2, $3, $4, 'computing', $5)`,
    [
      version.segmentId,
      version.version,
      version.workspaceId,
      JSON.stringify(version.definition),
      version.now,
    ],
  );
}

/** The job that computes a version. */
export async function setVersionJob(
  tx: Tx,
  { segmentId, version, jobId }: { segmentId: number; version: number; jobId: number },
): Promise<void> {
  await tx.query(`update segment_versions set job_id = $3 where segment_id = $1 and version = $2`, [
    segmentId,
    version,
    jobId,
  ]);
}

/** What is being computed makes room: for a newer version, or because nobody wants it any more. */
export async function endComputing(
  tx: Tx,
  { segmentId, state }: { segmentId: number; state: 'replaced' | 'cancelled' },
): Promise<void> {
  await tx.query(
    `update segment_versions set state = $2 where segment_id = $1 and state = 'computing'`,
    [segmentId, state],
  );
}

/** Versions on their way to a segment that is deleted, also one whose swap has begun. */
export async function giveUpVersions(tx: Tx, { segmentId }: { segmentId: number }): Promise<void> {
  await tx.query(
    `update segment_versions set state = 'cancelled', swapped = null
      where segment_id = $1 and computed_at is null and (state = 'computing' or swapped is not null)`,
    [segmentId],
  );
}

/** The segment has no version whose members are kept. */
export async function forgetKept(tx: Tx, { segmentId }: { segmentId: number }): Promise<void> {
  await tx.query(`update segments set version = 0 where id = $1`, [segmentId]);
}
