import type { Json } from '../json.ts';
import { operators } from '../operators/index.ts';
import { positiveOf } from '../operators/operator.ts';
import { canonicalPeriod } from '../periods/canonical-period.ts';
import { stableJson } from '../stable-json.ts';
import type { Predicate } from './predicate.ts';
import { isReference } from './reference.ts';

/** The predicate's members in the one form that all equal predicates share. */
export function canonicalPredicate(predicate: Predicate): Record<string, Json> {
  const { op, value, period, zone, ignore_case } = predicate;
  // A zone written at one of two places holds for both (see the operator `in`).
  const ownZone = zone ?? period?.zone ?? 'UTC';
  const wholePeriod = period && { ...period, zone: period.zone ?? ownZone };
  return {
    op,
    ...(value === undefined ? {} : { value: canonicalValue(predicate, value) }),
    ...(wholePeriod ? { period: canonicalPeriod(wholePeriod) } : {}),
    ...(ownZone === 'UTC' ? {} : { zone: ownZone }),
    ...(ignore_case ? { ignore_case } : {}),
  };
}

/** The order and repetition of a list of values mean nothing. */
function canonicalValue({ op }: Predicate, value: Json): Json {
  if (isReference(value) || !positiveOf(operators[op]).list || !Array.isArray(value)) return value;
  const byText = new Map((value as Json[]).map((element) => [stableJson(element), element]));
  return [...byText.keys()].sort().map((text) => byText.get(text) ?? null);
}
