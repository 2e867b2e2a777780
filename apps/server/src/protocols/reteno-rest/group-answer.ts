import type { SegmentRow } from '../../segments/index.ts';

/** A segment as the API calls it. */
export function groupOf({ id, name, kind }: Pick<SegmentRow, 'id' | 'name' | 'kind'>): object {
  return { id, name, type: kind === 'list' ? 'static' : 'dynamic' };
}
