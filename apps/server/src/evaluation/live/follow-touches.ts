import type { ContactState } from '../../contacts/index.ts';
import type { Tx } from '../../db/index.ts';
import type { Fact } from '../../events/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import {
  changeSizes,
  countMoves,
  deleteMemberships,
  readMemberSegments,
  readMembershipPairs,
  writeMemberships,
  writeVersionMembers,
  type Membership,
  type MemberSegment,
} from '../../segments/index.ts';
import type { LiveIndex, LiveRule } from './live-index.ts';
import type { Asked } from './asked.ts';
import { judgeAll, type JudgeParts } from './judge-all.ts';
import { pairKey, planMoves, versionMember, type Judged, type RuleMove } from './plan-moves.ts';
import { EVERYTHING, type Question, type Touch } from './touch.ts';
import type { WhichRule } from './which-rule.ts';

/** A fact before it has its IDs. */
export type PendingFact = Omit<Fact, 'id' | 'typeId'>;

export interface LiveParts extends JudgeParts {
  which: WhichRule;
  /** How many slots the installation has. */
  slots: number;
  /** As many as are due of one rule at one instant are asked in one statement. */
  crowd: number;
}

interface Following {
  contacts: ReadonlyMap<number, ContactState>;
  now: Date;
}

/**
 * Asks the rules that mention what changed, writes who entered and left, and goes on with the rules
 * that mention those segments; answers the entries and exits as facts, in order. Must run in a
 * transaction that owns the contacts' slots, when everything that changed is written. Of a contact
 * there is at most one touch.
 */
export function followTouches(
  tx: Tx,
  parts: LiveParts,
  { touches, ...following }: Following & { touches: readonly Touch[] },
): Promise<PendingFact[]> {
  const asked = touches.map((touch) => ({ question: touch, rules: rulesFor(parts.index, touch) }));
  return followRules(tx, parts, { asked, ...following });
}

/**
 * The same for rules that must be asked whatever they mention. Each is asked once: after all the
 * segments that it mentions.
 */
export async function followRules(
  tx: Tx,
  parts: LiveParts,
  { asked, contacts, now }: Following & { asked: readonly Asked[] },
): Promise<PendingFact[]> {
  const waiting = createQueue(asked);
  const facts: PendingFact[] = [];
  for (let next = waiting.take(); next.length > 0; next = waiting.take()) {
    const moves = await follow(tx, parts, { asked: next, contacts, now });
    for (const { question, rule } of moves) {
      const key = `segment:${rule.segmentId}`;
      const rules = parts.index.get(question.workspaceId)?.byKey.get(key) ?? [];
      waiting.add({ question: { ...question, by: key }, rules });
    }
    facts.push(...(await factsOf(tx, moves, now)));
  }
  return facts;
}

function rulesFor(index: LiveIndex, { workspaceId, keys }: Touch): readonly LiveRule[] {
  const byKey = index.get(workspaceId)?.byKey;
  if (!byKey) return [];
  if (keys.has(EVERYTHING)) return byKey.get(EVERYTHING)!;
  const [only] = keys;
  if (keys.size === 1) return byKey.get(only!) ?? [];
  const found = [...keys].flatMap((key) => byKey.get(key) ?? []);
  return [...new Set(found)];
}

/** Rules that wait for the segments that they mention, the innermost first. */
function createQueue(asked: readonly Asked[]) {
  const levels = new Map<number, Asked[]>();
  const known = new Map<number, Set<LiveRule>>();

  function add({ question, rules }: Asked): void {
    const own = known.get(question.contactId) ?? new Set<LiveRule>();
    known.set(question.contactId, own);
    const fresh = rules.filter((rule) => !own.has(rule));
    for (const rule of fresh) own.add(rule);
    for (const [level, some] of Map.groupBy(fresh, (rule) => rule.level)) {
      const waiting = levels.get(level) ?? [];
      levels.set(level, waiting);
      waiting.push({ question, rules: some });
    }
  }

  for (const one of asked) add(one);
  return {
    add,
    take(): Asked[] {
      if (levels.size === 0) return [];
      const level = Math.min(...levels.keys());
      const next = levels.get(level)!;
      levels.delete(level);
      return next;
    },
  };
}

async function follow(
  tx: Tx,
  parts: LiveParts,
  { asked: all, contacts, now }: Following & { asked: readonly Asked[] },
): Promise<RuleMove[]> {
  const { which, slots } = parts;
  const asked = all.map(({ question, rules }) => ({
    question,
    rules: which.asked(rules, question.contactId),
  }));
  const judged = await judgeAll(tx, parts, { asked, contacts, now });
  const isApart = ({ question, rule }: Judged) => which.isApart(rule, question.contactId);
  const apart = judged.filter(isApart);
  await writeVersionMembers(tx, { members: apart.map(versionMember), slots });
  return keep(tx, { judged: judged.filter((answer) => !isApart(answer)), slots });
}

/** Brings the rows to what the answers say; answers who entered and who left. */
async function keep(
  tx: Tx,
  { judged, slots }: { judged: Judged[]; slots: number },
): Promise<RuleMove[]> {
  if (judged.length === 0) return [];
  const rows = await readMembershipPairs(tx, {
    pairs: judged.map(({ question: { contactId }, rule: { segmentId } }) => ({
      contactId,
      segmentId,
    })),
  });
  const kept = new Map(rows.map((row) => [pairKey(row.contactId, row.segmentId), row]));
  return keepJudged(tx, { judged, kept, slots });
}

/** The same, where the rows are known. */
export async function keepJudged(
  tx: Tx,
  {
    judged,
    kept,
    slots,
  }: { judged: readonly Judged[]; kept: ReadonlyMap<string, Membership>; slots: number },
): Promise<RuleMove[]> {
  const { written, removed, moves } = planMoves(judged, kept);
  await deleteMemberships(tx, { memberships: removed });
  await writeMemberships(tx, { memberships: written, slots });
  const steps = moves.map(({ question, rule, entered }) => ({
    segmentId: rule.segmentId,
    contactId: question.contactId,
    workspaceId: question.workspaceId,
    by: entered ? 1 : -1,
  }));
  const at = moves.reduce((latest, move) => Math.max(latest, move.at), 0);
  await changeSizes(tx, { sizes: countMoves(steps, slots), at });
  return moves;
}

/** The key is the segment, so that a history of one segment can be asked for. */
export async function factsOf(
  tx: Tx,
  moves: readonly RuleMove[],
  now: Date,
): Promise<PendingFact[]> {
  if (moves.length === 0) return [];
  const ids = [...new Set(moves.map(({ rule }) => rule.segmentId))];
  const segments = await readMemberSegments(tx, { ids });
  const paramsOf = sharedParams(now);
  return moves.flatMap(({ question, rule, entered, at }) => {
    const segment = segments.get(rule.segmentId);
    if (!segment) return [];
    const { cause } = question;
    return {
      workspaceId: question.workspaceId,
      contactId: question.contactId,
      type: entered ? 'SegmentEntered' : 'SegmentLeft',
      occurredAt: at,
      receivedAt: cause === 'time' ? Math.max(now.getTime(), at) : at,
      source: question.source,
      key: String(segment.id),
      params: paramsOf(segment, question, at),
      flags: 0,
      depth: question.depth,
    };
  });
}

/** One object for all that is alike, by which facts that many contacts have alike are known. */
function sharedParams(now: Date) {
  const known = new Map<string, JsonObject>();
  return (
    segment: Pick<MemberSegment, 'id' | 'name' | 'kind'>,
    { cause, by, happenedAt }: Question,
    at: number,
  ): JsonObject => {
    const key = JSON.stringify([segment.id, cause, by, happenedAt, at]);
    const params = known.get(key) ?? {
      segment: String(segment.id),
      name: segment.name,
      kind: segment.kind,
      cause,
      ...(by !== undefined && { by }),
      ...(happenedAt !== undefined && { happened_at: new Date(happenedAt).toISOString() }),
      delay_ms: Math.max(0, now.getTime() - at),
    };
    known.set(key, params);
    return params;
  };
}
