import type { Definition } from '@perennial/conditions';
import type { Db } from '../db/index.ts';
import { isCombined } from './rule-content.ts';

/**
 * Of these segments, those whose rule, as it was saved last, is put together of other segments. Index
 * segment_versions_pkey.
 */
export async function findCombined(db: Db, { ids }: { ids: number[] }): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const { rows } = await db.query<{ segment_id: number; definition: Definition }>(
    `select distinct on (segment_id) segment_id, definition
       from segment_versions
      where segment_id = any($1)
      order by segment_id, version desc`,
    [ids],
  );
  return new Set(
    rows.filter(({ definition }) => isCombined(definition)).map((row) => row.segment_id),
  );
}
