import type { Does } from './apply/apply-batch.ts';

/** What a worker's next batch does, and which slots it asks for: so many free ones from `first` on. */
export interface Turn {
  does: Does;
  claim: { first: number; limit: number };
  /** Items wait meanwhile, for batches of their own. */
  besideItems: boolean;
}

export interface Turns {
  /** None when this worker should be free for the items that arrive next. `now` in milliseconds. */
  next(at: { queued: boolean; now: number }): Turn | undefined;
  /** The batch of a turn; `more` when more is due in its slots than it followed. */
  did(turn: Turn, batch: { more: boolean }): void;
  /** More is due than fits beside items. */
  isCrowded(): boolean;
  /**
   * Whether marks may be advanced: an advance waits for those who arrive and they for it, and a crowd
   * has marks that are late enough.
   */
  mayAdvance(now: number): boolean;
}

/** Batches in a row that left something due; fewer are a load that is just being worked off. */
const CROWD_AFTER = 3;
/** Of all slots, those of a batch of a crowd: events of the others need not wait for it. */
const CROWD_SHARE = 1 / 8;
/** Of all slots, those of a batch of items meanwhile; the rest is left to what others do. */
const ITEMS_SHARE = 3 / 4;
/** How long after items more are expected. */
const EXPECTED_MS = 500;
/** Between two advances of marks beside a crowd: what else falls due waits no longer. */
const ADVANCE_EVERY_MS = 200;
/** Of this many turns, the last worker gives one to a crowd while items arrive. */
const PATIENCE = 20;

/**
 * Shares of the slots, one after the other. As long as what is due is a crowd, as after a midnight,
 * items get batches of their own, so that nobody who arrives waits for the crowd's commit; and the
 * last of several workers leaves the crowd to the others while items arrive.
 */
export function createTurns({
  slots,
  of,
  index,
}: {
  slots: number;
  /** Workers that share the slots, and which of them this one is: where it begins. */
  of: number;
  index: number;
}): Turns {
  const share = Math.ceil(slots / of);
  const few = Math.max(1, Math.floor(slots * CROWD_SHARE));
  const most = Math.max(1, Math.floor(slots * ITEMS_SHARE));
  const patience = of > 1 && index === of - 1 ? PATIENCE : 1;
  let first = (index * share) % slots;
  let leftDue = 0;
  let itemsAt = -Infinity;
  let crowd: Crowd | undefined;
  let advancedAt = -Infinity;

  function didDue({ more }: { more: boolean }): void {
    if (!crowd) return;
    crowd.waited = 0;
    crowd.emptied = more ? 0 : crowd.emptied + few;
    if (!more) crowd.first = (crowd.first + few) % slots;
    if (crowd.emptied >= slots) crowd = undefined;
  }

  return {
    isCrowded: () => crowd !== undefined,
    mayAdvance(now) {
      if (crowd && now - advancedAt < ADVANCE_EVERY_MS) return false;
      advancedAt = now;
      return true;
    },
    next({ queued, now }) {
      if (queued) itemsAt = now;
      if (!crowd) return { does: 'everything', claim: { first, limit: share }, besideItems: false };
      const besideItems = now - itemsAt < EXPECTED_MS;
      const due: Turn = { does: 'due', claim: { first: crowd.first, limit: few }, besideItems };
      if (!besideItems || crowd.waited >= patience) return due;
      if (queued) return { does: 'items', claim: { first, limit: most }, besideItems };
      if (patience === 1) return due;
      crowd.waited += 1;
      return undefined;
    },
    did({ does }, { more }) {
      if (does === 'due') return didDue({ more });
      first = (first + share) % slots;
      if (crowd) {
        crowd.waited += 1;
        return;
      }
      leftDue = more ? leftDue + 1 : 0;
      if (leftDue >= CROWD_AFTER) crowd = { first, emptied: 0, waited: patience };
    },
  };
}

interface Crowd {
  /** Where its next batch begins. */
  first: number;
  /** Slots in a row in which nothing due was left. */
  emptied: number;
  /** Turns since its last. */
  waited: number;
}
