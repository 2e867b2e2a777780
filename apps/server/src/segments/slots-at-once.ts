import type { Db } from '../db/index.ts';

/** Rows that one transaction deals with: about a tenth of a second's work. */
const MOST_ROWS = 4000;

/**
 * Slots that one transaction holds, as a share of all. While it waits for one of them, nobody works on
 * those that it has already; elsewhere work goes on.
 */
const MOST_SLOTS = 1 / 4;

/** What a segment has in a slot. */
export interface Waiting {
  /** Answers of the version that takes over. */
  answers: number;
  /** These, and the members that there are. */
  rows: number;
}

/** The next slots, from `from` on, in which few rows wait; one at least. */
export function slotsAtOnce({
  from,
  slotCount,
  waiting,
}: {
  from: number;
  slotCount: number;
  /** By slot; in one that is not there, nothing waits. */
  waiting: ReadonlyMap<number, Waiting>;
}): number[] {
  const slots: number[] = [];
  let rows = 0;
  for (let slot = from; slot < slotCount && slots.length < slotCount * MOST_SLOTS; slot += 1) {
    rows += waiting.get(slot)?.rows ?? 0;
    if (slots.length > 0 && rows > MOST_ROWS) break;
    slots.push(slot);
  }
  return slots;
}

/**
 * About what a segment has in each slot from this one on. Indexes segment_sizes_pkey,
 * version_answers_pkey, version_members_of_segment.
 */
export async function countWaiting(
  db: Db,
  { segmentId, version, from }: { segmentId: number; version: number | null; from: number },
): Promise<Map<number, Waiting>> {
  const { rows } = await db.query<Waiting & { slot: number }>(
    `select slot, sum(answers)::bigint as answers, sum(answers + others)::bigint as rows
       from (select slot, 0 as answers, members as others from segment_sizes
              where segment_id = $1 and slot >= $3
             union all
             select slot, n, 0 from version_answers
              where segment_id = $1 and version = $2 and slot >= $3
             union all
             select slot, 0, 1 from version_members
              where segment_id = $1 and version = $2 and slot >= $3) waiting
      group by slot`,
    [segmentId, version, from],
  );
  return new Map(rows.map(({ slot, ...waiting }) => [slot, waiting]));
}
