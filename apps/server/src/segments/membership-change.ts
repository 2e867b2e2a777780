import type { Source } from '../inbox/index.ts';

/** What an item asks about a contact's lists, in the order of the items. */
export interface MembershipChange {
  contactId: number;
  workspaceId: number;
  /** When it arrived: memberships begin and end as they are applied. */
  at: number;
  source: Source;
  /** Why, as the log tells it. */
  cause: string;
  depth: number;
  act: MembershipAct;
}

/** Deletion takes a contact out of everything; its return gives back what deletion took. */
export type MembershipAct =
  { kind: 'enter' | 'leave'; segmentId: number } | { kind: 'delete' } | { kind: 'restore' };

/** A row of `memberships`. */
export interface Membership {
  contactId: number;
  segmentId: number;
  workspaceId: number;
  /** False: of a list, was one when its contact was deleted; of a rule, time alone may let it in. */
  member: boolean;
  /** Epoch milliseconds. */
  enteredAt: number;
  /** The earliest instant at which time alone may change `member`; null for never, and for lists. */
  changesAt: number | null;
}

/** A segment as far as changing its members takes. */
export interface MemberSegment {
  id: number;
  workspaceId: number;
  name: string;
  kind: 'list' | 'dynamic';
  archived: boolean;
}
