import type { Tx } from '../db/index.ts';
import type { Fact } from '../events/index.ts';
import { countMoves, type Step } from './count-moves.ts';
import type { Membership, MembershipChange } from './membership-change.ts';
import {
  changeSizes,
  deleteMemberships,
  readMemberSegments,
  readMemberships,
  writeMemberships,
} from './membership-queries.ts';
import { paramsOf, planMemberships, type ChangeOutcome, type Move } from './plan-memberships.ts';

export interface AppliedMemberships {
  /** Entries and exits, in the order of the changes. */
  facts: Omit<Fact, 'id' | 'typeId'>[];
  /** What became of each change. */
  outcomes: ChangeOutcome[];
}

/**
 * Makes what the changes ask for, in their order, by a few statements whatever their number. Must
 * run in a transaction that owns the contacts' slots. Asking again for what is so does nothing.
 */
export async function applyMemberships(
  tx: Tx,
  { changes, slots }: { changes: MembershipChange[]; slots: number },
): Promise<AppliedMemberships> {
  if (changes.length === 0) return { facts: [], outcomes: [] };
  const memberships = await readMemberships(tx, pairsOf(changes));
  const named = changes.flatMap(({ act }) => ('segmentId' in act ? [act.segmentId] : []));
  const ids = [...new Set([...named, ...memberships.map((row) => row.segmentId)])];
  const segments = await readMemberSegments(tx, { ids });
  const plan = planMemberships({ changes, memberships, segments });
  await deleteMemberships(tx, { memberships: plan.removed });
  await writeMemberships(tx, { memberships: plan.written, slots });
  const steps = [...stepsOf(memberships, plan), ...passings(plan.moves)];
  const at = changes.reduce((latest, change) => Math.max(latest, change.at), 0);
  await changeSizes(tx, { sizes: countMoves(steps, slots), at });
  return { facts: plan.moves.map(factOf), outcomes: plan.outcomes };
}

function pairsOf(changes: MembershipChange[]) {
  const isWhole = ({ act }: MembershipChange) => act.kind === 'delete' || act.kind === 'restore';
  return {
    contactIds: [...new Set(changes.map(({ contactId }) => contactId))],
    segmentIds: [
      ...new Set(changes.flatMap(({ act }) => ('segmentId' in act ? [act.segmentId] : []))),
    ],
    whole: [...new Set(changes.filter(isWhole).map(({ contactId }) => contactId))],
  };
}

function stepsOf(
  before: Membership[],
  { written, removed }: { written: Membership[]; removed: Membership[] },
) {
  const was = new Map(before.map((row) => [`${row.contactId} ${row.segmentId}`, row.member]));
  const wasMember = (row: Membership) => was.get(`${row.contactId} ${row.segmentId}`) === true;
  return [
    ...written.map((row) => ({ ...row, by: Number(row.member) - Number(wasMember(row)) })),
    ...removed.map((row) => ({ ...row, by: -Number(row.member) })),
  ];
}

/** Who entered and left at once changed no size, and yet did both. */
function passings(moves: readonly Move[]): Step[] {
  const pairs = Map.groupBy(moves, ({ change, segment }) => `${change.contactId} ${segment.id}`);
  return [...pairs.values()].map((own) => {
    const [{ change, segment }] = own as [Move];
    const { contactId, workspaceId } = change;
    return { segmentId: segment.id, contactId, workspaceId, by: 0, passing: own.length >> 1 };
  });
}

/** Its key is the segment, so that a history of one segment can be asked for. */
function factOf(move: Move): AppliedMemberships['facts'][number] {
  const { change, segment, entered } = move;
  return {
    workspaceId: change.workspaceId,
    contactId: change.contactId,
    type: entered ? 'SegmentEntered' : 'SegmentLeft',
    occurredAt: change.at,
    receivedAt: change.at,
    source: change.source,
    key: String(segment.id),
    params: paramsOf(move),
    flags: 0,
    depth: change.depth,
  };
}
