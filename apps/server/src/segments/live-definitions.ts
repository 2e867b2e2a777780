import type { Definition } from '@perennial/conditions';
import type { Db } from '../db/index.ts';

/** One rule of a segment. */
export interface LiveVersion {
  version: number;
  definition: Definition;
}

/** The rules by which a dynamic segment's members are kept now. */
export interface LiveDefinition {
  workspaceId: number;
  segmentId: number;
  name: string;
  /** Whose members `memberships` holds; null until a first one is finished. */
  kept: LiveVersion | null;
  /**
   * What is being computed: its answers for contacts that are touched go to `version_members`; in
   * slots that are swapped already (`readSwapped`) it is the one that `memberships` follows, and
   * nothing is written to `version_members` any more.
   */
  computing: LiveVersion | null;
}

/**
 * The rules of every dynamic segment that is not deleted, for whoever evaluates contacts as they
 * change; read them again when the workspace's config_version has moved, with the slots locked. Of
 * versions that were saved one upon another that one is `computing` whose swap has begun, else the
 * latest. Indexes segment_versions_of_workspace, segment_versions_pkey.
 */
export async function readLiveDefinitions(
  db: Db,
  { workspaceIds }: { workspaceIds: number[] },
): Promise<LiveDefinition[]> {
  const { rows } = await db.query<{
    workspace_id: number;
    segment_id: number;
    name: string;
    version: number;
    definition: Definition;
    is_kept: boolean;
  }>(
    `select s.workspace_id, s.id as segment_id, s.name, v.version, v.definition,
            v.version = s.version as is_kept
       from segments s
       join segment_versions v on v.segment_id = s.id
      where s.workspace_id = any($1) and s.kind = 'dynamic' and s.archived_at is null
        and (v.version = s.version or v.state = 'computing' or ${SWAPPING})
      order by s.workspace_id, s.id, ${SWAPPING}, v.version`,
    [workspaceIds],
  );
  const definitions = new Map<number, LiveDefinition>();
  for (const row of rows) {
    const { workspace_id: workspaceId, segment_id: segmentId, name } = row;
    const known = definitions.get(segmentId) ?? {
      workspaceId,
      segmentId,
      name,
      kept: null,
      computing: null,
    };
    const { version, definition } = row;
    definitions.set(segmentId, {
      ...known,
      [row.is_kept ? 'kept' : 'computing']: { version, definition },
    });
  }
  return [...definitions.values()];
}

/** Versions whose members take the place of others', slot by slot. */
const SWAPPING = `(v.swapped is not null and v.computed_at is null)`;

/**
 * Of versions that are being computed, how many slots, counted from 0, hold their members already.
 * What it says of a slot stays true while the caller holds that slot: swapping takes its lock.
 * Index segment_versions_pkey.
 */
export async function readSwapped(
  db: Db,
  { versions }: { versions: { segmentId: number; version: number }[] },
): Promise<Map<number, number>> {
  if (versions.length === 0) return new Map();
  const { rows } = await db.query<{ segment_id: number; swapped: number }>({
    name: 'read_swapped',
    text: `select v.segment_id, coalesce(v.swapped, 0) as swapped
             from unnest($1::bigint[], $2::integer[]) as asked (segment_id, version)
             join segment_versions v using (segment_id, version)`,
    values: [versions.map(({ segmentId }) => segmentId), versions.map(({ version }) => version)],
  });
  return new Map(rows.map((row) => [row.segment_id, row.swapped]));
}
