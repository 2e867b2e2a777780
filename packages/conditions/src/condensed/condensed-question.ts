import { canonicalTree } from '../canonical-tree.ts';
import type { Measured } from '../conditions/measured.ts';
import type { EventContent } from '../facts.ts';
import { DEFAULT_MEASURE } from '../measures/index.ts';
import { numbersAt } from '../measures/numeric-aggregate.ts';
import { pathOf } from '../paths/parse-path.ts';
import { pathText } from '../paths/path.ts';
import { createOperands } from '../predicates/operands.ts';
import { isReference } from '../predicates/reference.ts';
import { stableJson } from '../stable-json.ts';
import { leavesOf } from '../tree.ts';
import type { Decimal } from '../values/number.ts';
import { type Where, type WhereLeaf, canonicalLeaf, compileWhereWith } from '../where/where.ts';

/** What a condition asks of each event: the same at any time, whatever its period and threshold. */
export interface CondensedQuestion {
  readonly event: string;
  readonly where?: Where;
  readonly param?: string;
}

type Asking = Measured & { readonly event: string };

/** Undefined where the answer about an event depends on time, on another event or on the contact. */
export function condensedQuestionOf({
  event,
  where,
  measure = DEFAULT_MEASURE,
}: Asking): CondensedQuestion | undefined {
  const asked = measure.kind === 'streak' ? (measure.each ?? DEFAULT_MEASURE) : measure;
  // Its values may be as many as the events.
  if (asked.kind === 'distinct') return undefined;
  if (where && ![...leavesOf<WhereLeaf>(where)].every(isLasting)) return undefined;
  return {
    event,
    ...(where && { where }),
    ...('param' in asked && { param: asked.param }),
  };
}

/** A zone stands beside operators on dates alone, and a period moves with time. */
function isLasting({ op, value, zone, period }: WhereLeaf): boolean {
  return !isReference(value) && zone === undefined && period === undefined && op !== 'anniversary';
}

/** One text for all conditions that ask the same. */
export function condensedKeyOf(condition: Asking): string | undefined {
  const question = condensedQuestionOf(condition);
  if (!question) return undefined;
  const { event, where, param } = question;
  return stableJson({
    event,
    ...(where && { where: canonicalTree(where, canonicalLeaf) }),
    ...(param !== undefined && { param: pathText(pathOf(param)) }),
  });
}

/** Gives the numbers in the question's parameter of an event; undefined if its filter refuses it. */
export function compileCondensed({
  where,
  param,
}: CondensedQuestion): (event: EventContent) => readonly Decimal[] | undefined {
  const filter = where && compileWhereWith(where, createOperands(undefined));
  const path = param === undefined ? undefined : pathOf(param);
  return (event) => {
    if (filter && !filter.passes(event, ANY_TIME)) return undefined;
    return path ? numbersAt(path, event) : [];
  };
}

/** What is asked does not depend on it. */
const ANY_TIME = { now: 0, workspaceZone: 'UTC' };
