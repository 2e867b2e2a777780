import type { BenchDatabase } from './database.ts';

/** A dynamic segment whose first version is finished, with no members yet. */
export async function addSegment(
  { pool, workspaceId }: Pick<BenchDatabase, 'pool' | 'workspaceId'>,
  { key, include }: { key: string; include: object },
): Promise<number> {
  const now = new Date();
  const { rows } = await pool.query<{ id: number }>(
    `insert into segments (workspace_id, key, name, name_key, kind, source, created_at, updated_at, version)
     values ($1, $2, $2, $2, 'dynamic', 'manual', $3, $3, 1) returning id`,
    [workspaceId, key, now],
  );
  const id = rows[0]!.id;
  await pool.query(
    `insert into segment_versions (segment_id, version, workspace_id, definition, state, created_at, computed_at)
     values ($1, 1, $2, $3, 'ready', $4, $4)`,
    [id, workspaceId, JSON.stringify({ language: 1, include }), now],
  );
  await pool.query(`update workspaces set config_version = config_version + 1 where id = $1`, [
    workspaceId,
  ]);
  return id;
}

/** Two live segments on each of the ten event types of the population. */
export async function addLiveSegments(database: BenchDatabase): Promise<number> {
  const types = Array.from({ length: 10 }, (_, n) => `Type${n}`);
  for (const type of types) {
    const period = { kind: 'last', n: 30, unit: 'day' };
    const often = { kind: 'count', op: 'greater_or_equal', value: 3 };
    const strong = { param: 'kind', op: 'equals', value: 'Strength' };
    const event = { type: 'event', event: type, measure: often, period };
    await addSegment(database, { key: `often-${type}`, include: event });
    await addSegment(database, { key: `strong-${type}`, include: { ...event, where: strong } });
  }
  return 2 * types.length;
}

/** Members whom time alone takes out, contact n at `endsAt(n)`; sizes are counted with them. */
export async function addMembers(
  { pool, workspaceId, slots }: BenchDatabase,
  { segment, members, endsAt }: { segment: number; members: number; endsAt: string },
): Promise<void> {
  await pool.query(
    `insert into memberships (contact_id, segment_id, workspace_id, member, entered_at, changes_at, slot)
     select n, $1, $2, true, now(), ${endsAt}, n % $3
       from generate_series(1, $4::bigint) as n`,
    [segment, workspaceId, slots, members],
  );
  await pool.query(
    `insert into segment_sizes (segment_id, slot, workspace_id, members, changed_at)
     select segment_id, slot, workspace_id, count(*), now() from memberships
      where segment_id = $1 group by 1, 2, 3`,
    [segment],
  );
  await pool.query(`vacuum analyze memberships`);
}
