import type { Membership, VersionMember } from '../../segments/index.ts';
import type { LiveRule } from './live-index.ts';
import type { Question } from './touch.ts';

/** What a rule says of a contact as of the question's instant. */
export interface Judged {
  question: Question;
  rule: LiveRule;
  member: boolean;
  /** The earliest instant after it at which time alone may change that; null for never. */
  changesAt: number | null;
}

/** A contact that entered or left the segment of a rule. */
export interface RuleMove {
  question: Question;
  rule: LiveRule;
  entered: boolean;
  /**
   * As of when; nobody leaves before having entered, as by a fact that stood in the queue while a
   * new rule let its contact in.
   */
  at: number;
}

export interface MovesPlan {
  written: Membership[];
  removed: Membership[];
  moves: RuleMove[];
}

/**
 * What the answers change of the rows that are kept: of a pair at most one answer. The instant of a
 * row is moved only where it must be: while the row stands, an instant that is too early does no
 * harm, and most facts move it further away.
 */
export function planMoves(
  judged: readonly Judged[],
  kept: ReadonlyMap<string, Membership>,
): MovesPlan {
  const plan: MovesPlan = { written: [], removed: [], moves: [] };
  for (const answer of judged) {
    const { question, rule, member, changesAt } = answer;
    const row = kept.get(pairKey(question.contactId, rule.segmentId));
    const wasMember = row?.member === true;
    if (member !== wasMember) {
      const at = wasMember ? Math.max(question.at, row.enteredAt) : question.at;
      plan.moves.push({ question, rule, entered: member, at });
    }
    if (!member && changesAt === null) {
      if (row && (wasMember || isOver(row, question.at))) plan.removed.push(row);
      continue;
    }
    const enteredAt = member && wasMember ? row.enteredAt : question.at;
    const next: Membership = {
      contactId: question.contactId,
      segmentId: rule.segmentId,
      workspaceId: question.workspaceId,
      member,
      enteredAt,
      changesAt,
    };
    if (!row || member !== wasMember || mustMove(row, next, question.at)) plan.written.push(next);
  }
  return plan;
}

function mustMove(row: Membership, next: Membership, at: number): boolean {
  if (isOver(row, at)) return true;
  if (next.changesAt === null) return false;
  return row.changesAt === null || next.changesAt < row.changesAt;
}

/** Its instant has come: it must not stay. */
function isOver({ changesAt }: Membership, at: number): boolean {
  return changesAt !== null && changesAt <= at;
}

/** Who is no member and whose instant lies ahead keeps its row. */
export function pairKey(contactId: number, segmentId: number): string {
  return `${contactId} ${segmentId}`;
}

/** What a version that is being computed knows from now on. */
export function versionMember({ question, rule, member, changesAt }: Judged): VersionMember {
  return {
    contactId: question.contactId,
    segmentId: rule.segmentId,
    version: rule.version,
    workspaceId: question.workspaceId,
    member,
    enteredAt: question.at,
    changesAt,
  };
}
