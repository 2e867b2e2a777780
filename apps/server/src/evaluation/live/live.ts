import type { ContactState } from '../../contacts/index.ts';
import type { Tx } from '../../db/index.ts';
import { membershipsDue } from '../../segments/index.ts';
import { hasDue, type DueColumn } from '../../slots/index.ts';
import { createDueClaims, type DueBy } from './claim-due.ts';
import { followTime, followTimeOf, type TimeFollowed } from './follow-time.ts';
import { followTouches, type LiveParts, type PendingFact } from './follow-touches.ts';
import type { JudgeParts } from './judge-all.ts';
import { createLiveCache } from './live-index.ts';
import { EVERYTHING, type Touch } from './touch.ts';
import { whichRule } from './which-rule.ts';

/** Keeps the members of dynamic segments as facts arrive and time passes. */
export interface Live {
  /** One state of all rules, for one batch. Call it when the batch's slots are locked. */
  begin(tx: Tx, batch: { slots: readonly number[]; now: Date }): Promise<BatchLive>;
  /** Where what time alone may change waits for its instant. */
  due: DueColumn;
}

/** Every call runs inside the batch's transaction, which owns the contacts' slots. */
export interface BatchLive {
  /** Whether some rule of the workspace mentions this key. */
  mentions(workspaceId: number, key: string): boolean;
  /** Whether the workspace has rules at all. */
  hasRules(workspaceId: number): boolean;
  /** After everything that changed is written; answers entries and exits, to be stored. */
  follow(
    tx: Tx,
    round: { touches: Touch[]; contacts: ReadonlyMap<number, ContactState>; now: Date },
  ): Promise<PendingFact[]>;
  /** What time did to these contacts up to an instant of each, before something else is applied. */
  catchUp(tx: Tx, round: { until: ReadonlyMap<number, number>; now: Date }): Promise<PendingFact[]>;
  /** What is due by the marks. */
  followTime(tx: Tx, due: DueBy): Promise<TimeFollowed>;
}

/** Of fewer, reading what each of them did is quicker than a statement of its own. */
const CROWD = 100;

/** More are counted in the database: reading a thousand events takes some milliseconds. */
const MOST_EVENTS = 1000;

export function createLive({
  eventTypes,
  slots,
  readRuns,
  questions,
  mostEvents = MOST_EVENTS,
  crowd = CROWD,
}: Omit<JudgeParts, 'index' | 'mostEvents'> & {
  slots: number;
  mostEvents?: number;
  crowd?: number;
}): Live {
  const cache = createLiveCache();
  const claims = createDueClaims();
  return {
    due: membershipsDue,
    async begin(tx, batch) {
      const index = await cache.load(tx);
      const which = await whichRule(tx, { index, slots });
      const parts: LiveParts = {
        index,
        which,
        eventTypes,
        slots,
        readRuns,
        questions,
        mostEvents,
        crowd,
      };
      let mayBeDue = await hasDue(tx, {
        columns: [membershipsDue],
        slots: [...batch.slots],
        now: batch.now,
      });
      return {
        mentions: (workspaceId, key) => index.get(workspaceId)?.byKey.has(key) === true,
        hasRules: (workspaceId) => (index.get(workspaceId)?.byKey.get(EVERYTHING)?.length ?? 0) > 0,
        async follow(within, { now, ...round }) {
          if (round.touches.length === 0 || !hasRulesAtAll(parts)) return [];
          // What is written now may be due before the next of this batch.
          mayBeDue = true;
          return followTouches(within, parts, { ...round, now });
        },
        catchUp: async (within, round) => (mayBeDue ? followTimeOf(within, parts, round) : []),
        followTime: async (within, due) =>
          mayBeDue ? followTime(within, parts, { due, claims }) : { handled: 0, facts: [] },
      };
    },
  };
}

function hasRulesAtAll({ index }: LiveParts): boolean {
  return [...index.values()].some(({ byKey }) => byKey.get(EVERYTHING)!.length > 0);
}
