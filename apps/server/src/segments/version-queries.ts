import type { Definition } from '@perennial/conditions';
import type { Db, Tx } from '../db/index.ts';

/**
 * `computing`: its members are being found out; `ready`: they were; `replaced`: a newer one was saved
 * meanwhile.
 */
export type VersionState = 'computing' | 'ready' | 'cancelled' | 'failed' | 'replaced';

/** Why members are found out anew, as the log tells of whoever enters and leaves by it. */
export type ComputationCause =
  'first_computation' | 'definition' | 'workspace' | 'deletion' | 'recomputation';

/** One rule of a segment, and how far its computation is. */
export interface VersionRow {
  segment_id: number;
  version: number;
  workspace_id: number;
  definition: Definition;
  state: VersionState;
  cause: ComputationCause;
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

const COLUMNS = `segment_id, version, workspace_id, definition, state, cause, job_id, created_at, computed_at,
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

/** The versions of these segments whose members are being found out. Index segment_versions_computing. */
export async function readComputing(
  db: Db,
  { segmentIds }: { segmentIds: readonly number[] },
): Promise<VersionRow[]> {
  if (segmentIds.length === 0) return [];
  const { rows } = await db.query<VersionRow>(
    `select ${COLUMNS} from segment_versions where segment_id = any($1) and state = 'computing'`,
    [segmentIds],
  );
  return rows;
}

/** The version whose members are taking the place of others', slot by slot. Index segment_versions_pkey. */
export async function readSwapping(
  db: Db,
  { segmentId }: { segmentId: number },
): Promise<VersionRow | undefined> {
  const { rows } = await db.query<VersionRow>(
    `select ${COLUMNS} from segment_versions
      where segment_id = $1 and swapped is not null and computed_at is null
      order by version
      limit 1`,
    [segmentId],
  );
  return rows[0];
}

export interface NewVersion {
  segmentId: number;
  workspaceId: number;
  version: number;
  definition: Definition;
  cause: ComputationCause;
  now: Date;
}

export async function insertVersion(tx: Tx, version: NewVersion): Promise<void> {
  await tx.query(
    `insert into segment_versions (segment_id, version, workspace_id, definition, state, cause, created_at)
     values ($1, $2, $3, $4, 'computing', $5, $6)`,
    [
      version.segmentId,
      version.version,
      version.workspaceId,
      JSON.stringify(version.definition),
      version.cause,
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

/** Slots below this one hold the version's members. */
export async function setSwapped(
  tx: Tx,
  { segmentId, version, swapped }: { segmentId: number; version: number; swapped: number },
): Promise<void> {
  await tx.query(
    `update segment_versions set swapped = $3 where segment_id = $1 and version = $2`,
    [segmentId, version, swapped],
  );
}

/** The version's members are those of the segment now. */
export async function finishVersion(
  tx: Tx,
  { segmentId, version, now }: { segmentId: number; version: number; now: Date },
): Promise<void> {
  await tx.query(
    `update segment_versions
        set state = 'ready', computed_at = $3,
            took_ms = greatest(0, extract(epoch from $3::timestamptz - created_at) * 1000)
      where segment_id = $1 and version = $2`,
    [segmentId, version, now],
  );
  await tx.query(`update segments set version = $2 where id = $1`, [segmentId, version]);
}

/** Gives one version up that is being computed and whose swap has not begun; false when it has. */
export async function cancelVersion(
  tx: Tx,
  { segmentId, version }: { segmentId: number; version: number },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update segment_versions set state = 'cancelled'
      where segment_id = $1 and version = $2 and state = 'computing' and swapped is null`,
    [segmentId, version],
  );
  return rowCount === 1;
}
