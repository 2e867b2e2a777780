import { segmentConditions, type Facts } from '@perennial/conditions';
import { findBusy, type ContactQuestions, type ContactState } from '../../contacts/index.ts';
import type { Tx } from '../../db/index.ts';
import type { EventTypeIds } from '../../events/index.ts';
import { zoneOf } from '../facts/contact-fields.ts';
import { loadFacts, type ReadRuns } from '../facts/load-facts.ts';
import { loadSums, openSums, type KeptSums } from '../facts/load-sums.ts';
import { isFew, joinNeeds, neededFacts, type NeededFacts } from '../facts/needed-facts.ts';
import { judgeInSql } from './judge-in-sql.ts';
import type { LiveIndex, LiveRule } from './live-index.ts';
import type { Judged } from './plan-moves.ts';
import type { Asked } from './asked.ts';

/** What judging takes beside what is asked. */
export interface JudgeParts {
  index: LiveIndex;
  eventTypes: EventTypeIds;
  readRuns: ReadRuns;
  /** Where the facts of other rooms lie in tables. */
  questions: ContactQuestions;
  /** Of whoever did more than this only events that decide are read, or they are counted in SQL. */
  mostEvents: number;
}

interface JudgeRound {
  asked: readonly Asked[];
  contacts: ReadonlyMap<number, ContactState>;
  now: Date;
}

/** What the rules say of each contact, as of its own instant. Who is deleted is in nothing. */
export async function judgeAll(tx: Tx, parts: JudgeParts, round: JudgeRound): Promise<Judged[]> {
  const { asked, contacts } = round;
  const isHere = ({ question }: Asked): boolean => isPresent(contacts.get(question.contactId));
  const judged = asked.filter((one) => !isHere(one)).flatMap(nothing);
  const present = Map.groupBy(asked.filter(isHere), ({ question }) => question.workspaceId);
  for (const [workspaceId, own] of present) {
    judged.push(...(await judgeIn(tx, workspaceId, parts, { ...round, asked: own })));
  }
  return judged;
}

function isPresent(contact: ContactState | undefined): boolean {
  return contact !== undefined && contact.deletedAt === null && contact.mergedInto === null;
}

function nothing({ question, rules }: Asked): Judged[] {
  return rules.map((rule) => ({ question, rule, member: false, changesAt: null }));
}

async function judgeIn(
  tx: Tx,
  workspaceId: number,
  parts: JudgeParts,
  { asked, contacts, now }: JudgeRound,
): Promise<Judged[]> {
  const { zone, currency, fields } = parts.index.get(workspaceId)!;
  const needsOf = needsIn(zone, asked, contacts);
  const busy = await findBusy(tx, {
    contactIds: asked.map(({ question }) => question.contactId),
    most: parts.mostEvents,
  });
  const isBusy = ({ question }: Asked): boolean => busy.has(question.contactId);
  const decidedByFew = (rule: LiveRule): boolean =>
    [...needsOf([rule]).events.values()].every(({ enough }) => isFew(enough));
  const quick = asked.map((one) => (isBusy(one) ? only(one, decidedByFew) : one));
  const slow = asked.filter(isBusy).map((one) => only(one, (rule) => !decidedByFew(rule)));
  const needed = quick.map((one) => ({
    contact: contacts.get(one.question.contactId)!,
    at: one.question.at,
    needs: needsOf(one.rules),
    isBusy: isBusy(one),
  }));
  const around = { ...parts, workspaceId, workspaceZone: zone, workspaceCurrency: currency, now };
  const facts = await loadFacts(tx, needed, around);
  const sums = await loadSums(tx, needed, around);
  return [
    ...(await judgeFacts(tx, { asked: quick, facts, sums })),
    ...(await judgeInSql(tx, {
      asked: slow,
      workspaceId,
      workspaceZone: zone,
      workspaceCurrency: currency,
      fields,
      questions: parts.questions,
    })),
  ];
}

/** Once more of those whose periods end within something that is kept as one. */
async function judgeFacts(
  tx: Tx,
  round: { asked: readonly Asked[]; facts: readonly Facts[]; sums: readonly KeptSums[][] },
): Promise<Judged[]> {
  const answer = (i: number): Judged[] => {
    const condensed = new Map(round.sums[i]!.map(({ key, events }) => [key, events]));
    return judge(round.asked[i]!, { ...round.facts[i]!, condensed });
  };
  const judged = round.asked.map((_, i) => answer(i));
  const isOpen = (i: number): boolean =>
    round.sums[i]!.some(({ events }) => events.wanted().length > 0);
  let open = [...round.asked.keys()].filter(isOpen);
  while (open.length > 0) {
    await openSums(tx, { sums: open.flatMap((i) => round.sums[i]!) });
    for (const i of open) judged[i] = answer(i);
    open = open.filter(isOpen);
  }
  return judged.flat();
}

/** The same contact, asked only some of the rules. */
function only({ question, rules }: Asked, isMeant: (rule: LiveRule) => boolean): Asked {
  return { question, rules: rules.filter(isMeant) };
}

function judge({ question, rules }: Asked, facts: Facts): Judged[] {
  return rules.map((rule) => {
    const { result: member, changesAt } = rule.rule.judge(facts);
    return { question, rule, member, changesAt: Number.isFinite(changesAt) ? changesAt : null };
  });
}

/** What rules need of any contact of the batch; worked out once for each rule and each set of them. */
function needsIn(
  workspaceZone: string,
  asked: readonly Asked[],
  contacts: ReadonlyMap<number, ContactState>,
): (rules: readonly LiveRule[]) => NeededFacts {
  const options = {
    now: Math.min(...asked.map(({ question }) => question.at)),
    workspaceZone,
    contactZones: new Set(
      asked.flatMap(({ question }) => zoneOf(contacts.get(question.contactId)) ?? []),
    ),
    types: segmentConditions,
  };
  const ofRule = new Map<LiveRule, NeededFacts>();
  const ofRules = new Map<string, NeededFacts>();
  const needsOf = (rule: LiveRule): NeededFacts => {
    const known = ofRule.get(rule) ?? neededFacts([rule.definition], options);
    ofRule.set(rule, known);
    return known;
  };
  return (rules) => {
    const key = rules.map((rule) => `${rule.segmentId}.${rule.version}`).join();
    const known = ofRules.get(key) ?? joinNeeds(rules.map(needsOf));
    ofRules.set(key, known);
    return known;
  };
}
