import type { JsonObject } from '../inbox/index.ts';
import type { Membership, MembershipChange, MemberSegment } from './membership-change.ts';

/** An entry or an exit, as a fact of the contact. */
export interface Move {
  change: MembershipChange;
  segment: MemberSegment;
  entered: boolean;
}

export interface MembershipPlan {
  /** Rows to write, new or changed. */
  written: Membership[];
  removed: Membership[];
  moves: Move[];
  /** By change: whether it did anything, and the segments that are none to enter. */
  outcomes: ChangeOutcome[];
}

export type ChangeOutcome = 'done' | 'nothing' | 'no_such_list';

/** Goes through the changes in order: who enters by one and leaves by the next did both. */
export function planMemberships({
  changes,
  memberships,
  segments,
}: {
  changes: readonly MembershipChange[];
  /** As stored: of the pairs that are named, and all of contacts that are deleted or restored. */
  memberships: readonly Membership[];
  segments: ReadonlyMap<number, MemberSegment>;
}): MembershipPlan {
  const rows = byContact(memberships);
  const moves: Move[] = [];

  function move(change: MembershipChange, segmentId: number, entered: boolean): void {
    const segment = segments.get(segmentId);
    // Of an archived segment nobody is told, but its members follow their contacts.
    if (segment && !segment.archived) moves.push({ change, segment, entered });
  }

  function enter(change: MembershipChange, segmentId: number): ChangeOutcome {
    if (!isOpen(segments.get(segmentId), change)) return 'no_such_list';
    const { contactId, workspaceId, at } = change;
    const own = rowsOf(rows, contactId);
    if (own.get(segmentId)?.member) return 'nothing';
    own.set(segmentId, {
      contactId,
      segmentId,
      workspaceId,
      member: true,
      enteredAt: at,
      changesAt: null,
    });
    move(change, segmentId, true);
    return 'done';
  }

  function leave(change: MembershipChange, segmentId: number): ChangeOutcome {
    if (!isOpen(segments.get(segmentId), change)) return 'nothing';
    const own = rowsOf(rows, change.contactId);
    const wasMember = own.get(segmentId)?.member === true;
    own.delete(segmentId);
    if (wasMember) move(change, segmentId, false);
    return wasMember ? 'done' : 'nothing';
  }

  function turn(change: MembershipChange, member: boolean): ChangeOutcome {
    const own = rowsOf(rows, change.contactId);
    const ofRules = [...own.values()].filter((row) => isOfRule(segments.get(row.segmentId)));
    for (const row of ofRules) {
      own.delete(row.segmentId);
      if (row.member) move(change, row.segmentId, false);
    }
    const turned = [...own.values()].filter((row) => row.member !== member);
    for (const row of turned) {
      own.set(row.segmentId, { ...row, member, enteredAt: turnedAt(change, row, member) });
      move(change, row.segmentId, member);
    }
    return turned.length + ofRules.length > 0 ? 'done' : 'nothing';
  }

  /** Of an archived segment no exit was told, so coming back is no new entry. */
  function turnedAt(change: MembershipChange, row: Membership, member: boolean): number {
    return member && !segments.get(row.segmentId)?.archived ? change.at : row.enteredAt;
  }

  const outcomes = changes.map((change) => {
    const { act } = change;
    if (act.kind === 'enter') return enter(change, act.segmentId);
    if (act.kind === 'leave') return leave(change, act.segmentId);
    return turn(change, act.kind === 'restore');
  });
  const stored = new Set(memberships);
  return {
    written: [...rows.values()].flatMap((own) =>
      [...own.values()].filter((row) => !stored.has(row)),
    ),
    removed: memberships.filter((row) => !rows.get(row.contactId)!.has(row.segmentId)),
    moves,
    outcomes,
  };
}

type RowsByContact = Map<number, Map<number, Membership>>;

function byContact(memberships: readonly Membership[]): RowsByContact {
  const rows: RowsByContact = new Map();
  for (const row of memberships) rowsOf(rows, row.contactId).set(row.segmentId, row);
  return rows;
}

function rowsOf(rows: RowsByContact, contactId: number): Map<number, Membership> {
  const own = rows.get(contactId) ?? new Map<number, Membership>();
  rows.set(contactId, own);
  return own;
}

/** A contact that comes back is asked anew by rules; what it was in does not count. */
function isOfRule(segment: MemberSegment | undefined): boolean {
  return segment?.kind === 'dynamic';
}

/** People, items and workflows change lists; what a rule says, only the data change. */
function isOpen(segment: MemberSegment | undefined, { workspaceId }: MembershipChange): boolean {
  return segment?.workspaceId === workspaceId && segment.kind === 'list' && !segment.archived;
}

/** What the fact of a move says. */
export function paramsOf({ change, segment }: Move): JsonObject {
  return {
    segment: String(segment.id),
    name: segment.name,
    kind: segment.kind,
    cause: change.cause,
  };
}
