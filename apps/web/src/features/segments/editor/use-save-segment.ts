import type { NewSegment, SavedSegment, SegmentChange, SegmentDetail } from '@perennial/contracts';
import { useChange } from '../../../app/data.ts';
import type { SegmentDraft } from './segment-draft.ts';

interface Saved {
  draft: SegmentDraft;
  definition: unknown;
  /** Whether the rule differs from the saved one: only then it is computed again. */
  ruleChanged: boolean;
}

/** Makes a segment, or saves what changed of one. */
export function useSaveSegment(segment: SegmentDetail | undefined) {
  return useChange<Saved, SavedSegment>(
    (api, { draft, definition, ruleChanged }) => {
      const { purpose } = draft;
      const about = { name: draft.name.trim(), purpose: purpose.trim(), tags: [...draft.tags] };
      if (!segment) {
        const made = { ...about, kind: 'dynamic', definition } as NewSegment;
        return api.post('/segments', made);
      }
      const change = { ...about, ...(ruleChanged && { definition }) } as SegmentChange;
      return api.patch(`/segments/${segment.id}`, change);
    },
    ['/segments', '/tags', '/jobs'],
  );
}
