import type { Json, JsonObject } from '../json.ts';
import { operators } from '../operators/index.ts';
import { positiveOf } from '../operators/operator.ts';
import { canonicalPeriod } from '../periods/canonical-period.ts';
import { periodDefinition } from '../periods/index.ts';
import { stableJson } from '../stable-json.ts';
import type { Predicate } from './predicate.ts';
import { isReference } from './reference.ts';

/** The predicate's members in the one form that all equal predicates share. */
export function canonicalPredicate(predicate: Predicate): Record<string, Json> {
  const { op, value, ignore_case } = predicate;
  return {
    op,
    ...(value === undefined ? {} : { value: canonicalValue(predicate, value) }),
    ...canonicalZones(predicate),
    ...(ignore_case ? { ignore_case } : {}),
  };
}

/**
 * A zone written in one of the two places holds for both (see the operator `in`): equal ones are
 * written once, outside, and different ones in both places, UTC too.
 */
function canonicalZones({ period, zone }: Predicate): Record<string, Json> {
  const outside = zone ?? period?.zone ?? 'UTC';
  const outsideMember: Record<string, Json> = outside === 'UTC' ? {} : { zone: outside };
  if (!period) return outsideMember;
  const inside = period.zone ?? outside;
  const bare = canonicalPeriod({ ...period, zone: undefined });
  if (inside === outside || !periodDefinition(period).zoned) {
    return { period: bare, ...outsideMember };
  }
  return { period: { ...(bare as JsonObject), zone: inside }, zone: outside };
}

/** The order and repetition of a list of values mean nothing. */
function canonicalValue({ op }: Predicate, value: Json): Json {
  if (isReference(value) || !positiveOf(operators[op]).list || !Array.isArray(value)) return value;
  const byText = new Map((value as Json[]).map((element) => [stableJson(element), element]));
  return [...byText.keys()].sort().map((text) => byText.get(text) ?? null);
}
