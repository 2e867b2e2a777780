import type { Db } from '../db/index.ts';

/** What came and went on a day of UTC. */
export interface DayMoves {
  day: string;
  entered: number;
  left: number;
}

/** From this day on, by segment; days without any are not among them. Index segment_days_pkey. */
export async function readDays(
  db: Db,
  { segmentIds, from }: { segmentIds: readonly number[]; from: string },
): Promise<Map<number, DayMoves[]>> {
  const { rows } = await db.query<DayMoves & { segment_id: number }>(
    `select segment_id, day::text, sum(entered)::bigint as entered, sum(exited)::bigint as left
       from segment_days
      where segment_id = any($1) and day >= $2
      group by segment_id, day`,
    [segmentIds, from],
  );
  return Map.groupBy(rows, (row) => row.segment_id);
}

const DAY_MS = 86_400_000;

/** Each day of a range with its size at the end: the present one without what came after. */
export function sizesOf(
  moves: readonly DayMoves[],
  { from, to, size }: { from: string; to: string; size: number },
): (DayMoves & { size: number })[] {
  const byDay = new Map(moves.map((row) => [row.day, row]));
  const later = moves.filter(({ day }) => day > to);
  let after = size - later.reduce((sum, { entered, left }) => sum + entered - left, 0);
  const days: (DayMoves & { size: number })[] = [];
  for (let at = Date.parse(to); at >= Date.parse(from); at -= DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    const { entered, left } = byDay.get(day) ?? { entered: 0, left: 0 };
    days.push({ day, size: after, entered, left });
    after -= entered - left;
  }
  return days.toReversed();
}

/** Puts the slots of days that are over together: a year of a segment is 365 rows. */
export async function foldDays(db: Db, { before }: { before: string }): Promise<void> {
  await db.query(
    `with folded as (delete from segment_days where day < $1 and slot >= 0
                     returning segment_id, day, workspace_id, entered, exited)
     insert into segment_days (segment_id, day, slot, workspace_id, entered, exited)
     select segment_id, day, -1, workspace_id, sum(entered), sum(exited)
       from folded
      group by segment_id, day, workspace_id
         on conflict on constraint segment_days_pkey do update
        set entered = segment_days.entered + excluded.entered,
            exited = segment_days.exited + excluded.exited`,
    [before],
  );
}
