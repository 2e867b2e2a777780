import { holds, turnsOf } from './test-reference-conditions.ts';
import { SEGMENTS } from './test-segments.ts';
import type { RefContact, RefFact, RefState } from './test-reference-state.ts';
import type { JsonObject } from '../../inbox/index.ts';

/** Those dynamic segments of which the fact tells something, as of now; answers which were entered. */
export function updateSegments(state: RefState, contact: RefContact, fact: RefFact): string[] {
  return Object.entries(SEGMENTS).flatMap(([segment, rule]) =>
    concerns(fact, rule) && ask(state, contact, segment, fact.received) ? [segment] : [],
  );
}

function concerns({ type, params }: RefFact, rule: JsonObject): boolean {
  if (type !== 'FieldChanged') return rule['event'] === type;
  return (params['changes'] as JsonObject[]).some(({ field }) => field === rule['field']);
}

/** Asks anew, as of an instant, whether the contact is in the segment; says whether it entered. */
export function ask(state: RefState, contact: RefContact, segment: string, now: number): boolean {
  const { zone } = state;
  const isMember = holds(SEGMENTS[segment]!, contact, { now, zone, params: {} });
  const wasMember = contact.segments.has(segment);
  contact.followed.set(segment, now);
  if (isMember) contact.segments.add(segment);
  else contact.segments.delete(segment);
  return isMember && !wasMember;
}

/** Whom time has put out is not in it, though nobody has told so yet; whom it let in enters later. */
export function isMemberAt(
  { zone }: RefState,
  contact: RefContact,
  segment: string,
  now: number,
): boolean {
  const rule = SEGMENTS[segment];
  const isStill = rule === undefined || holds(rule, contact, { now, zone, params: {} });
  return contact.segments.has(segment) && isStill;
}

/** When time alone changes a membership next. */
export function nextTurn(
  { zone }: RefState,
  contact: RefContact,
): { at: number; segment: string } | undefined {
  const turns = Object.entries(SEGMENTS).flatMap(([segment, rule]) => {
    const since = contact.followed.get(segment) ?? -Infinity;
    const at = turnsOf(rule, contact, zone)
      .toSorted((a, b) => a - b)
      .find(
        (turn) =>
          turn > since &&
          holds(rule, contact, { now: turn, zone, params: {} }) !== contact.segments.has(segment),
      );
    return at === undefined ? [] : [{ at, segment }];
  });
  return turns.toSorted((a, b) => a.at - b.at)[0];
}
