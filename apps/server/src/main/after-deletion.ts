import type { WorkKind } from '../jobs/index.ts';
import { recomputeAfterDeletion } from '../segments/index.ts';

/**
 * A deletion of events after which segments that asked for them are computed anew, also one that is
 * cancelled: what is deleted by then stays deleted.
 */
export function settlingSegments(deletion: WorkKind): WorkKind {
  return {
    ...deletion,
    settles: true,
    async slice(tx, work, options) {
      const slice = options.leaving
        ? { cursor: work.cursor ?? {}, next: 'finished' as const }
        : await deletion.slice(tx, work, options);
      if (slice.next === 'finished') {
        const { workspaceId, input } = work;
        const type = input['event_type'];
        const eventType = typeof type === 'string' ? type : undefined;
        await recomputeAfterDeletion(tx, { workspaceId, eventType, now: options.now });
      }
      return slice;
    },
  };
}
