import type { Priority } from '@perennial/contracts';
import type { JsonObject } from '../../inbox/index.ts';
import { capWindow, countAround, firstFit, type Cap } from './caps.ts';
import type { FrequencyRuleRow } from '../rules/rule-queries.ts';
import type { Gate } from './gate.ts';
import { leavesAt, type HoursQuestion } from './leaves-at.ts';
import { counts, isAbout, type FrequencyQuestion, type Place } from './places.ts';

const PRIORITY_NAMES: readonly Priority[] = ['low', 'normal', 'high'];

/**
 * No more messages than the rules let pass. Places are taken in the order of decisions; a message
 * that waits keeps its place against those that are less urgent, or came later.
 */
export const frequency: Gate = {
  key: 'frequency',
  ask({ frequency: question, hours, at, candidates }) {
    if (!question) return { passed: true, candidates };
    const asked = question.rules.filter((rule) => isAbout(rule, question.subject));
    if (asked.length === 0) return { passed: true, candidates };
    const { fits, refusing, seen } = findFit(question, { rules: asked, hours, at });
    const details = { rules: seen };
    if (refusing) return { passed: false, reason: 'frequency', details };
    if (fits === at) return { passed: true, candidates, details };
    return { until: fits, details: { ...details, until: new Date(fits).toISOString() } };
  },
};

/** Rules move a message on in turn; so many turns, and it is not to be placed. */
const MOST_TURNS = 100;

/**
 * The first instant at which all rules let the message pass, or the rule that does not let it wait.
 * Rules are asked about the instant at which the message would leave, send hours considered.
 */
function findFit(
  question: FrequencyQuestion,
  {
    rules,
    hours,
    at: from,
  }: { rules: readonly FrequencyRuleRow[]; hours: HoursQuestion | undefined; at: number },
): { fits: number; refusing?: FrequencyRuleRow; seen: JsonObject[] } {
  const leaves = (at: number): number => (hours ? (leavesAt(hours, at) ?? at) : at);
  let at = leaves(from);
  const first = at;
  const seen = rules.map((rule) => whatIsSeen(rule, question, at));
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const full = rules
      .map((rule) => ({ rule, fit: fitOf(rule, question, at) }))
      .filter(({ fit }) => fit > at);
    if (full.length === 0) return { fits: at === first ? from : at, seen };
    const refusing = full.find(({ rule }) => rule.when_reached === 'refuse');
    if (refusing) return { fits: at, refusing: refusing.rule, seen };
    at = leaves(Math.max(...full.map(({ fit }) => fit)));
  }
  return { fits: at, refusing: rules[0]!, seen };
}

function fitOf(rule: FrequencyRuleRow, question: FrequencyQuestion, at: number): number {
  const cap = capOf(rule, question);
  const fit = firstFit(instantsOf(precedingPlaces(rule, question)), at, cap);
  return fit > at && 'unit' in cap.window ? question.spread(fit) : fit;
}

function capOf(rule: FrequencyRuleRow, { zones }: FrequencyQuestion): Cap {
  return { most: rule.most, window: capWindow(rule.time_window, zones) };
}

function precedingPlaces(rule: FrequencyRuleRow, question: FrequencyQuestion): Place[] {
  return question.places.filter(
    (place) => counts(rule, place, question.subject) && goesFirst(place, question),
  );
}

/** What is decided is decided; what waits goes by priority, then by its turn. */
function goesFirst(place: Place, { priority, sendId }: FrequencyQuestion): boolean {
  if (!place.waits) return true;
  if (place.sendId !== null && place.sendId === sendId) return false;
  if (place.priority !== priority) return place.priority > priority;
  return sendId === null || (place.sendId ?? 0) < sendId;
}

function instantsOf(places: readonly Place[]): number[] {
  return places.map(({ at }) => at);
}

/** What a rule saw when it was asked: how many, of how many, and who took the last place. */
function whatIsSeen(rule: FrequencyRuleRow, question: FrequencyQuestion, at: number): JsonObject {
  const places = precedingPlaces(rule, question);
  const { most, window } = capOf(rule, question);
  const counted = countAround(instantsOf(places), at, window);
  const rival = places.find(
    (place) => (place.waits || place.sendId === null) && place.priority >= question.priority,
  );
  return {
    rule: rule.key,
    kind: rule.kind,
    counted,
    most,
    passed: counted < most,
    ...(counted >= most && rival && { went_first: rivalOf(rival) }),
  };
}

function rivalOf(place: Place): JsonObject {
  return {
    message: String(place.messageId),
    priority: PRIORITY_NAMES[place.priority - 1] ?? 'normal',
    ...(place.sendId !== null && { send: String(place.sendId) }),
  };
}
