import { loadContacts } from '../../contacts/index.ts';
import type { Tx } from '../../db/index.ts';
import type { DueMembership } from '../../segments/index.ts';
import {
  factsOf,
  followRules,
  keepJudged,
  type LiveParts,
  type PendingFact,
} from './follow-touches.ts';
import { judgeInSql } from './judge-in-sql.ts';
import type { LiveRule } from './live-index.ts';
import { pairKey } from './plan-moves.ts';
import type { Question } from './touch.ts';

/** Those of one rule whose instant is the same, as after a midnight. */
export interface Crowd {
  rule: LiveRule;
  at: number;
  rows: DueMembership[];
}

export type RuleOf = (row: DueMembership) => LiveRule | undefined;

/**
 * Rows that one statement can answer, at least `crowd` at a time; the others are asked one by one.
 * A rule that mentions segments is asked once, after all of those: where several of them may move,
 * or it is due itself, all that is due of the contact is among the others.
 */
export function splitCrowds(
  rows: readonly DueMembership[],
  {
    ruleOf,
    isMentioned,
    crowd,
  }: {
    ruleOf: RuleOf;
    /** Whether another rule asks for the segment of this one. */
    isMentioned: (rule: LiveRule) => boolean;
    crowd: number;
  },
): { crowds: Crowd[]; others: DueMembership[] } {
  if (rows.length < crowd) return { crowds: [], others: [...rows] };
  const apart = contactsApart(rows, { ruleOf, isMentioned });
  const firstAt = new Map<number, number>();
  for (const { contactId, changesAt } of rows)
    firstAt.set(contactId, Math.min(changesAt, firstAt.get(contactId) ?? Infinity));
  const isFirst = ({ contactId, changesAt }: DueMembership): boolean =>
    !apart.has(contactId) && firstAt.get(contactId) === changesAt;
  const crowds: Crowd[] = [];
  const asked = new Set<DueMembership>();
  for (const [rule, own] of Map.groupBy(rows.filter(isFirst), (row) => ruleOf(row)!)) {
    for (const [at, some] of Map.groupBy(own, (row) => row.changesAt)) {
      if (some.length < crowd) continue;
      crowds.push({ rule, at, rows: some });
      for (const row of some) asked.add(row);
    }
  }
  crowds.sort((a, b) => a.at - b.at);
  return { crowds, others: rows.filter((row) => !asked.has(row)) };
}

function contactsApart(
  rows: readonly DueMembership[],
  { ruleOf, isMentioned }: { ruleOf: RuleOf; isMentioned: (rule: LiveRule) => boolean },
): Set<number> {
  const apart = new Set<number>();
  const mentioned = new Set<number>();
  for (const row of rows) {
    const rule = ruleOf(row)!;
    const { contactId } = row;
    if (rule.level > 0 || (isMentioned(rule) && mentioned.has(contactId))) apart.add(contactId);
    if (isMentioned(rule)) mentioned.add(contactId);
  }
  return apart;
}

/**
 * Asks and moves a crowd by statements whose cost is not of rows that are read here; answers its
 * entries and exits, and those that these set off.
 */
export async function followCrowd(
  tx: Tx,
  parts: LiveParts,
  { crowd: { rule, rows }, now }: { crowd: Crowd; now: Date },
): Promise<PendingFact[]> {
  const { workspaceId, segmentId } = rule;
  const { zone, currency, fields, byKey } = parts.index.get(workspaceId)!;
  const judged = await judgeInSql(tx, {
    asked: rows.map((row) => ({ question: questionOf(row), rules: [rule] })),
    workspaceId,
    workspaceZone: zone,
    workspaceCurrency: currency,
    fields,
    questions: parts.questions,
  });
  const kept = new Map(rows.map((row) => [pairKey(row.contactId, row.segmentId), row]));
  const moves = await keepJudged(tx, { judged, kept, slots: parts.slots });
  const facts = await factsOf(tx, moves, now);
  const key = `segment:${segmentId}`;
  const rules = byKey.get(key) ?? [];
  if (rules.length === 0 || moves.length === 0) return facts;
  const contacts = await loadContacts(tx, { ids: moves.map((move) => move.question.contactId) });
  const asked = moves.map(({ question }) => ({ question: { ...question, by: key }, rules }));
  return [...facts, ...(await followRules(tx, parts, { asked, contacts, now }))];
}

export function questionOf({ contactId, workspaceId, changesAt: at }: DueMembership): Question {
  return { contactId, workspaceId, at, cause: 'time', source: 'system', depth: 0 };
}
