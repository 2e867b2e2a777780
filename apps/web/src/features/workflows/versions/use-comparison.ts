import { useMemo } from 'react';
import { compareDrafts, type Comparison } from '../../../editor/edit/compare-drafts.ts';
import type { Draft } from '../../../editor/edit/draft.ts';
import type { Later } from './ComparePanel.tsx';
import { useVersion } from './use-version.ts';

export interface Sides {
  earlier: number;
  later: Later;
}

interface Compared {
  /** Undefined until both sides are there. */
  comparison: Comparison | undefined;
  /** The definition of the earlier side. */
  earlier: Draft | undefined;
}

/** A version beside the draft or another version. */
export function useComparison(workflow: string, sides: Sides | null, draft: Draft): Compared {
  const earlier = useVersion(workflow, sides?.earlier);
  const other = useVersion(workflow, sides?.later === 'draft' ? undefined : sides?.later);
  const later = sides?.later === 'draft' ? draft : other;
  const comparison = useMemo(
    () => (earlier && later ? compareDrafts(earlier, later) : undefined),
    [earlier, later],
  );
  return { comparison, earlier };
}
