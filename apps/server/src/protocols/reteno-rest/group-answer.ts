import type { Db } from '../../db/index.ts';
import { findCombined, type SegmentRow } from '../../segments/index.ts';

type Group = Pick<SegmentRow, 'id' | 'name' | 'kind'>;

/** Segments as the API calls them: those of other segments are a type of their own. */
export async function answerGroups(
  db: Db,
  segments: readonly Group[],
): Promise<(segment: Group) => object> {
  const dynamic = segments.filter(({ kind }) => kind === 'dynamic').map(({ id }) => id);
  const combined = await findCombined(db, { ids: [...new Set(dynamic)] });
  const typeOf = ({ id, kind }: Group): string => {
    if (kind === 'list') return 'static';
    return combined.has(id) ? 'combined' : 'dynamic';
  };
  return (segment) => ({ id: segment.id, name: segment.name, type: typeOf(segment) });
}
