import type { Source } from '../../inbox/index.ts';

/** What of a contact changed is everything: it is new, came back, or became one with another. */
export const EVERYTHING = 'everything';

/** A contact of which something changed, and as of when rules are asked about it. */
export interface Touch {
  contactId: number;
  workspaceId: number;
  /** Epoch milliseconds: the arrival of what changed it. */
  at: number;
  /** What changed, as `mentions` names it, or `EVERYTHING`. */
  keys: ReadonlySet<string>;
  /** Why it counts, for the log and for starts: `data`, `past_event`, `merge`, ... */
  cause: string;
  /** Which of the keys the log names. */
  by?: string | undefined;
  /** When that happened, where that is not `at`. */
  happenedAt?: number | undefined;
  source: Source;
  depth: number;
}

/** One contact and one rule to be asked as of an instant. */
export interface Question {
  contactId: number;
  workspaceId: number;
  at: number;
  cause: string;
  by?: string | undefined;
  happenedAt?: number | undefined;
  source: Source;
  depth: number;
}
