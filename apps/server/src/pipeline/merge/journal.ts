import type { Row, Settled } from '../../contact-rows/index.ts';
import type { JoinedCards } from '../../contacts/index.ts';

/** What a merge did, so that it can be shown and undone. */
export interface MergeJournal {
  cards: JoinedCards;
  /** By table: rows of one key that both contacts had. */
  rows: Record<string, Settled[]>;
  /** Addresses (with their consents) that the survivor's card has no room for. */
  addresses: Row[];
  /** Runs that ended because the other contact was in the same workflow. */
  runs: number[];
}
