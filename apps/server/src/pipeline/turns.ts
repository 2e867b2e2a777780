import type { Does } from './apply/apply-batch.ts';

/** What a worker's next batch does, and which slots it asks for: so many free ones from `first` on. */
export interface Turn {
  does: Does;
  claim: { first: number; limit: number };
  /** Items wait meanwhile, for batches of their own. */
  besideItems: boolean;
}

/** What became of a turn. */
export interface Done {
  /** The slots that it got. */
  owned: readonly number[];
  /** More is due in them than it followed. */
  more: boolean;
}

export interface Turns {
  /** None when this worker should be free for the items that arrive next. `now` in milliseconds. */
  next(at: { queued: boolean; now: number }): Turn | undefined;
  did(turn: Turn, done: Done): void;
  /** After a turn of a crowd in which nothing was handled: whether the next is worth trying at once. */
  goesOn(turn: Turn, got: { owned: readonly number[] }): boolean;
  /** Nothing is due any more. */
  calm(): void;
  /** More is due than fits beside items. */
  isCrowded(): boolean;
  /** Something is due for certain: nobody need look. */
  leftDue(): boolean;
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
/** So often the last worker has a batch of a crowd all the same: it learns so when it is over. */
const SPARED_MS = 1000;
/** Between two advances of marks beside a crowd: what else falls due waits no longer. */
const ADVANCE_EVERY_MS = 200;

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
  const isSpared = of > 1 && index === of - 1;
  let first = (index * share) % slots;
  let leftDue = 0;
  let itemsAt = -Infinity;
  let advancedAt = -Infinity;
  let crowd: Crowd | undefined;

  function dueTurn(own: Crowd, { now, besideItems }: { now: number; besideItems: boolean }): Turn {
    own.servedAt = now;
    return { does: 'due', claim: { first: own.first, limit: few }, besideItems };
  }

  /** A round over all slots that leaves nothing due ends the crowd. */
  function didDue(own: Crowd, { owned, more }: Done): void {
    own.first = (own.first + few) % slots;
    own.isItemsTurn = true;
    own.leftDue = more;
    for (const slot of owned) {
      if (more) own.emptied.delete(slot);
      else own.emptied.add(slot);
    }
    if (own.emptied.size >= slots) crowd = undefined;
  }

  return {
    calm: () => (crowd = undefined),
    isCrowded: () => crowd !== undefined,
    leftDue: () => crowd?.leftDue ?? false,
    goesOn: ({ does }, { owned }) => owned.length > 0 && (does === 'due' || !isSpared),
    mayAdvance(now) {
      if (crowd && now - advancedAt < ADVANCE_EVERY_MS) return false;
      advancedAt = now;
      return true;
    },
    next({ queued, now }) {
      if (queued) itemsAt = now;
      if (!crowd) return { does: 'everything', claim: { first, limit: share }, besideItems: false };
      const besideItems = now - itemsAt < EXPECTED_MS;
      if (!besideItems) return dueTurn(crowd, { now, besideItems });
      const items: Turn = { does: 'items', claim: { first, limit: most }, besideItems };
      if (!isSpared)
        return queued && crowd.isItemsTurn ? items : dueTurn(crowd, { now, besideItems });
      if (now - crowd.servedAt >= SPARED_MS) return dueTurn(crowd, { now, besideItems });
      return queued ? items : undefined;
    },
    did({ does }, done) {
      if (does === 'due') {
        if (crowd) didDue(crowd, done);
        return;
      }
      first = (first + share) % slots;
      if (crowd) {
        crowd.isItemsTurn = false;
        return;
      }
      leftDue = done.more ? leftDue + 1 : 0;
      if (leftDue < CROWD_AFTER) return;
      leftDue = 0;
      crowd = { first, emptied: new Set(), servedAt: itemsAt, isItemsTurn: false, leftDue: true };
    },
  };
}

interface Crowd {
  /** Where its next batch begins. */
  first: number;
  /** Slots in which nothing due was left when they were looked at last. */
  emptied: Set<number>;
  /** When its last batch began. */
  servedAt: number;
  /** Items have not had their turn since. */
  isItemsTurn: boolean;
  /** Its last batch left something due. */
  leftDue: boolean;
}
