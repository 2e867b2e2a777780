import { segmentConditions } from '@perennial/conditions';
import type { ContactState } from '../../contacts/index.ts';
import type { Tx } from '../../db/index.ts';
import type { EventTypeIds } from '../../events/index.ts';
import { zoneOf } from '../facts/contact-fields.ts';
import { loadFacts, type ReadRuns } from '../facts/load-facts.ts';
import { joinNeeds, neededFacts, type NeededFacts } from '../facts/needed-facts.ts';
import type { LiveIndex, LiveRule } from './live-index.ts';
import type { Judged } from './plan-moves.ts';
import type { Question } from './touch.ts';

/** A contact, and the rules that are asked about it. */
export interface Asked {
  question: Question;
  rules: readonly LiveRule[];
}

interface JudgeParts {
  asked: readonly Asked[];
  contacts: ReadonlyMap<number, ContactState>;
  index: LiveIndex;
  eventTypes: EventTypeIds;
  readRuns: ReadRuns;
  now: Date;
}

/** What the rules say of each contact, as of its own instant. Who is deleted is in nothing. */
export async function judgeAll(tx: Tx, parts: JudgeParts): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const [workspaceId, asked] of Map.groupBy(
    parts.asked,
    ({ question }) => question.workspaceId,
  )) {
    const present = asked.filter(({ question }) =>
      isPresent(parts.contacts.get(question.contactId)),
    );
    judged.push(...(await judgeIn(tx, workspaceId, { ...parts, asked: present })));
    const gone = asked.filter(({ question }) => !isPresent(parts.contacts.get(question.contactId)));
    judged.push(...gone.flatMap(nothing));
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
  { asked, contacts, index, eventTypes, readRuns, now }: JudgeParts,
): Promise<Judged[]> {
  if (asked.length === 0) return [];
  const workspaceZone = index.get(workspaceId)!.zone;
  const needsOf = needsIn(workspaceZone, asked, contacts);
  const facts = await loadFacts(
    tx,
    asked.map(({ question, rules }) => ({
      contact: contacts.get(question.contactId)!,
      at: question.at,
      needs: needsOf(rules),
    })),
    { workspaceId, workspaceZone, eventTypes, readRuns, now },
  );
  return asked.flatMap(({ question, rules }, i) =>
    rules.map((rule): Judged => {
      const { result, changesAt } = rule.rule.judge(facts[i]!);
      return {
        question,
        rule,
        member: result,
        changesAt: Number.isFinite(changesAt) ? changesAt : null,
      };
    }),
  );
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
