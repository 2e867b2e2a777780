import type { Db } from '../db/index.ts';
import type { Settled } from './settled.ts';

export interface Region {
  in: number[];
  count: number;
}

/**
 * How many contacts are in exactly these of the segments; a region without any is not among them.
 * Grouped by contact first, so that a cluster counts on all its machines. Index memberships_of_segment.
 */
export async function countOverlap(
  db: Db,
  {
    workspaceId,
    segmentIds,
    settled,
  }: { workspaceId: number; segmentIds: number[]; settled: Settled },
): Promise<Region[]> {
  const moves = segmentIds.flatMap((id) => {
    const { entering = [], leaving = [] } = settled.get(id) ?? {};
    return [
      ...entering.map((contact) => ({ id, contact, enters: true })),
      ...leaving.map((contact) => ({ id, contact, enters: false })),
    ];
  });
  const { rows } = await db.query<Region>(
    `with moves as (select * from unnest($3::bigint[], $4::bigint[], $5::boolean[])
                            as move (contact_id, segment_id, enters)),
          members as (select m.contact_id, m.segment_id
                        from memberships m
                        left join moves using (contact_id, segment_id)
                       where m.segment_id = any($2) and m.workspace_id = $1
                         and coalesce(moves.enters, m.member)),
          contacts_in as (select contact_id, array_agg(segment_id order by segment_id) as segments
                            from members
                           group by contact_id)
     select segments as "in", count(*) as count from contacts_in group by segments`,
    [
      workspaceId,
      segmentIds,
      moves.map(({ contact }) => contact),
      moves.map(({ id }) => id),
      moves.map(({ enters }) => enters),
    ],
  );
  return rows;
}

/** Every region there can be, of which some are empty: the smaller ones first. */
export function regionsOf(segmentIds: readonly number[], counted: readonly Region[]): Region[] {
  const counts = new Map(counted.map((region) => [region.in.join(), region.count]));
  return subsetsOf(segmentIds.toSorted((a, b) => a - b))
    .filter((subset) => subset.length > 0)
    .toSorted((a, b) => a.length - b.length)
    .map((subset) => ({ in: subset, count: counts.get(subset.join()) ?? 0 }));
}

function subsetsOf(ids: readonly number[]): number[][] {
  const [first, ...rest] = ids;
  if (first === undefined) return [[]];
  const others = subsetsOf(rest);
  return [...others.map((subset) => [first, ...subset]), ...others];
}
