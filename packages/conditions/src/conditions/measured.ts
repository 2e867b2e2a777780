import { canonicalTree } from '../canonical-tree.ts';
import { type CheckContext, deeper } from '../check/context.ts';
import type { EventFact, Facts, History, Verdict } from '../facts.ts';
import type { Json, JsonObject } from '../json.ts';
import {
  DEFAULT_MEASURE,
  type Measure,
  canonicalMeasure,
  measureDefinition,
  measureSchema,
} from '../measures/index.ts';
import type { CountedBy } from '../measures/measure.ts';
import { canonicalPeriod } from '../periods/canonical-period.ts';
import {
  DEFAULT_PERIOD,
  type Period,
  periodDefinition,
  periodRange,
  periodRanges,
  periodSchema,
  periodSentence,
} from '../periods/index.ts';
import type { Operands } from '../predicates/operands.ts';
import { isReference } from '../predicates/reference.ts';
import type { Write } from '../sentences/write.ts';
import { instantText } from '../time/instant-text.ts';
import { type Range, isWithin } from '../time/range.ts';
import { leavesOf } from '../tree.ts';
import {
  type CompiledWhere,
  type Where,
  type WhereSubjects,
  canonicalLeaf,
  checkWhere,
  compileWhereWith,
} from '../where/where.ts';
import { whereSentence } from '../where/where-sentence.ts';
import type { Needs } from './condition-type.ts';
import { needPredicate } from './field.ts';

/** What conditions on things that happened have in common: a measure of those in a period. */
export interface Measured {
  readonly where?: Where | undefined;
  /** Absent: at least once. */
  readonly measure?: Measure | undefined;
  /** Absent: today, in UTC. */
  readonly period?: Period | undefined;
}

/** The schemas of the members but `where`, mistakes in which are told leaf by leaf. */
export const measuredMembers = {
  measure: measureSchema.optional(),
  period: periodSchema.optional(),
};

/** Checks what the schemas of a condition, already parsed to `shell`, leave open. */
export function checkMeasured<Shell extends Measured>(
  shell: Shell | undefined,
  input: JsonObject,
  context: CheckContext,
  subjects?: WhereSubjects,
): Shell | undefined {
  const written = input['where'];
  const where =
    written === undefined ? undefined : checkWhere(written, deeper(context, 'where'), subjects);
  if (!shell || (written !== undefined && !where)) return undefined;
  const { measure = DEFAULT_MEASURE, period } = shell;
  if (period && 'ahead' in periodDefinition(period)) {
    const message = 'expected a period for events; "next" is for dates in fields and parameters';
    context.report.at('period', 'kind').add(message);
  }
  measureDefinition(measure).check?.(measure, period, context.report);
  const { where: _, ...checked } = shell;
  return { ...checked, ...(where ? { where } : {}) } as Shell;
}

/** What a measured condition is compiled with. */
interface MeasuredSettings<F extends EventFact> {
  readonly operands: Operands;
  readonly factsOf: (facts: Facts) => readonly F[];
  /** What stands in for them, already filtered, where they are very many. */
  readonly condensedOf?: ((facts: Facts) => History | undefined) | undefined;
  readonly countedBy?: ((fact: F) => string) | undefined;
  readonly subjects?: WhereSubjects | undefined;
}

/** Compiles the measure of the facts that `factsOf` gives. */
export function compileMeasured<F extends EventFact>(
  { where, measure = DEFAULT_MEASURE, period = DEFAULT_PERIOD }: Measured,
  { operands, factsOf, condensedOf, countedBy, subjects }: MeasuredSettings<F>,
): (facts: Facts) => Verdict {
  const range = periodRanges(period);
  const filter = where && compileWhereWith(where, operands, subjects);
  const definition = measureDefinition(measure);
  const judge = definition.compile(measure, {
    period,
    range,
    operands,
    countedBy: countedBy as CountedBy | undefined,
  });
  return (facts) => {
    const condensed = condensedOf?.(facts);
    const found = condensed ? [] : factsOf(facts);
    const history = condensed ?? historyOf(found, filter, facts);
    const { result, values, changesAt } = judge(history, facts);
    const current = range(facts);
    const looked = definition.wholeHistory ? -Infinity : current.from;
    return {
      result,
      values: () => ({ ...values(), from: boundText(current.from), to: boundText(current.to) }),
      changesAt: () => Math.min(changesAt(), filterChange(found, looked, filter, facts)),
    };
  };
}

function historyOf(
  found: readonly EventFact[],
  filter: CompiledWhere | undefined,
  facts: Facts,
): History {
  const passes = (fact: EventFact) => !filter || filter.passes(fact, facts);
  return {
    within: (range) => found.filter((fact) => isWithin(fact.occurredAt, range) && passes(fact)),
    all: () => found.filter(passes),
  };
}

/** When the filter may begin or cease to let some fact pass. */
function filterChange(
  found: readonly EventFact[],
  from: number,
  filter: CompiledWhere | undefined,
  facts: Facts,
): number {
  const changesAt = filter?.changesAt;
  if (!changesAt) return Infinity;
  return found
    .filter(({ occurredAt }) => occurredAt >= from)
    .reduce((earliest, fact) => Math.min(earliest, changesAt(fact, facts)), Infinity);
}

function boundText(instant: Range['from']): string | null {
  return Number.isFinite(instant) ? instantText(instant) : null;
}

/** Tells what a measured condition needs, and from which instant on; gives that instant. */
export function needMeasured(
  { where, measure = DEFAULT_MEASURE, period = DEFAULT_PERIOD }: Measured,
  needs: Needs,
): number {
  if (hasReference(measure)) needs.trigger();
  for (const leaf of where ? leavesOf(where) : []) needPredicate(leaf, needs);
  const zones = needs.zonesOf(period.zone);
  if (measureDefinition(measure).wholeHistory) return -Infinity;
  return Math.min(...zones.map((zone) => periodRange(period, zone, needs.now).from));
}

function hasReference(measure: Measure): boolean {
  if (measure.kind === 'streak') return measure.each !== undefined && hasReference(measure.each);
  return 'value' in measure && isReference(measure.value);
}

/** Whether it looks into the facts, not only at their times. */
export function readsContents({ where, measure = DEFAULT_MEASURE }: Measured): boolean {
  const asked = measure.kind === 'streak' ? (measure.each ?? DEFAULT_MEASURE) : measure;
  return where !== undefined || 'param' in asked;
}

/** The members in the one form that all equal conditions share. */
export function canonicalMeasured({
  where,
  measure = DEFAULT_MEASURE,
  period = DEFAULT_PERIOD,
}: Measured): Record<string, Json> {
  return {
    ...(where ? { where: canonicalTree(where, canonicalLeaf) } : {}),
    measure: canonicalMeasure(measure),
    period: canonicalPeriod(period),
  };
}

/** The condition in words, given what the contact did or did not do: "did X", "did not do X". */
export function measuredSentence(
  { where, measure = DEFAULT_MEASURE, period = DEFAULT_PERIOD }: Measured,
  acts: { done: string; undone: string },
  write: Write,
): string {
  const about = { ...acts, where: where ? whereSentence(where, write) : '', period };
  const words = measureDefinition(measure).words?.(measure, write, about);
  return write.message(`measure.${measure.kind}.sentence`, {
    ...about,
    period: periodSentence(period, write),
    ...words,
  });
}

/** Thresholds that hold when others do not; what is counted always has a number. */
const COMPLEMENTS = {
  equals: 'not_equals',
  not_equals: 'equals',
  greater: 'less_or_equal',
  less_or_equal: 'greater',
  less: 'greater_or_equal',
  greater_or_equal: 'less',
} as const;

/** That the condition is false, where another measure says just that. */
export function measuredDenial(
  { measure = DEFAULT_MEASURE, ...rest }: Measured,
  acts: { done: string; undone: string },
  write: Write,
): string | undefined {
  if (measure.kind !== 'count' && measure.kind !== 'distinct') return undefined;
  if (measure.op === 'between') return undefined;
  const denied = { ...measure, op: COMPLEMENTS[measure.op] };
  return measuredSentence({ ...rest, measure: denied }, acts, write);
}
