import { z } from 'zod';
import { canonicalTree } from '../canonical-tree.ts';
import { type CheckContext, deeper } from '../check/context.ts';
import { parseWith } from '../check/report.ts';
import type { EventFact, Facts, Verdict } from '../facts.ts';
import type { JsonObject } from '../json.ts';
import {
  DEFAULT_MEASURE,
  type Measure,
  canonicalMeasure,
  measureDefinition,
  measureSchema,
} from '../measures/index.ts';
import type { History } from '../measures/measure.ts';
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
import { isReference } from '../predicates/reference.ts';
import type { Write } from '../sentences/write.ts';
import { instantText } from '../time/instant-text.ts';
import { type Range, isWithin } from '../time/range.ts';
import { leavesOf } from '../tree.ts';
import { cleanText } from '../values/text.ts';
import {
  type EventTest,
  type Where,
  canonicalLeaf,
  checkWhere,
  compileWhereWith,
  whereShape,
} from '../where/where.ts';
import { whereSentence } from '../where/where-sentence.ts';
import type { ConditionType, Needs } from './condition-type.ts';
import { needPredicate } from './field.ts';

/** What the contact did. */
export interface EventCondition {
  readonly type: 'event';
  /** Key of the event type. */
  readonly event: string;
  readonly where?: Where | undefined;
  /** Absent: at least once. */
  readonly measure?: Measure | undefined;
  /** Absent: today, in UTC. */
  readonly period?: Period | undefined;
}

const nameSchema = z.string({ error: expectedName }).min(1, { error: expectedName });

function expectedName(): string {
  return 'expected the key of an event type';
}

const members = {
  type: z.literal('event'),
  event: nameSchema,
  measure: measureSchema.optional(),
  period: periodSchema.optional(),
};

const schema = z.strictObject({ ...members, where: whereShape.optional() });

/** Mistakes in `where` are told leaf by leaf, which a schema's union cannot. */
const shellSchema = z.strictObject({ ...members, where: z.unknown().optional() });

/** A measure of the contact's events of one type in a period. */
export const event: ConditionType<EventCondition> = {
  type: 'event',
  schema,
  check: checkEvent,
  compile(condition, { operands }) {
    const { measure = DEFAULT_MEASURE, period = DEFAULT_PERIOD } = condition;
    const range = periodRanges(period);
    const matches = condition.where && compileWhereWith(condition.where, operands);
    const judge = measureDefinition(measure).compile(measure, { period, range, operands });
    return (facts) => {
      const verdict = judge(historyOf(facts, condition.event, matches), facts);
      return withPeriod(verdict, range(facts));
    };
  },
  need: needEvent,
  canonical({ event: name, where, measure = DEFAULT_MEASURE, period = DEFAULT_PERIOD }) {
    return {
      type: 'event',
      event: name,
      ...(where ? { where: canonicalTree(where, canonicalLeaf) } : {}),
      measure: canonicalMeasure(measure),
      period: canonicalPeriod(period),
    };
  },
  sentence: eventSentence,
  messages: {},
};

function checkEvent(input: JsonObject, context: CheckContext): EventCondition | undefined {
  const shell = parseWith(shellSchema, input, context.report);
  const written = input['where'];
  const where = written === undefined ? undefined : checkWhere(written, deeper(context, 'where'));
  if (!shell || (written !== undefined && !where)) return undefined;
  const { measure = DEFAULT_MEASURE, period } = shell;
  if (period && 'ahead' in periodDefinition(period)) {
    const message = 'expected a period for events; "next" is for dates in fields and parameters';
    context.report.at('period', 'kind').add(message);
  }
  measureDefinition(measure).check?.(measure, period, context.report);
  const { where: _, ...checked } = shell;
  return { ...checked, event: cleanText(shell.event), ...(where ? { where } : {}) };
}

function historyOf(facts: Facts, type: string, matches: EventTest | undefined): History {
  const events = facts.events.get(type) ?? [];
  const passes = (fact: EventFact) => !matches || matches(fact, facts);
  return {
    within: (range) => events.filter((fact) => isWithin(fact.occurredAt, range) && passes(fact)),
    all: () => events.filter(passes),
  };
}

function withPeriod({ result, values }: Verdict, { from, to }: Range): Verdict {
  return { result, values: () => ({ ...values(), from: boundText(from), to: boundText(to) }) };
}

function boundText(instant: number): string | null {
  return Number.isFinite(instant) ? instantText(instant) : null;
}

function needEvent(condition: EventCondition, needs: Needs): void {
  const { measure = DEFAULT_MEASURE, period = DEFAULT_PERIOD } = condition;
  const zones = needs.zonesOf(period.zone);
  const starts = zones.map((zone) => periodRange(period, zone, needs.now).from);
  const from = measureDefinition(measure).wholeHistory ? -Infinity : Math.min(...starts);
  needs.events(condition.event, from);
  if (hasReference(measure)) needs.trigger();
  for (const leaf of condition.where ? leavesOf(condition.where) : []) needPredicate(leaf, needs);
}

function hasReference(measure: Measure): boolean {
  if (measure.kind === 'streak') return measure.each !== undefined && hasReference(measure.each);
  return 'value' in measure && isReference(measure.value);
}

function eventSentence(condition: EventCondition, write: Write): string {
  const { measure = DEFAULT_MEASURE, period = DEFAULT_PERIOD } = condition;
  const about = {
    event: write.event(condition.event),
    where: condition.where ? whereSentence(condition.where, write) : '',
    period,
  };
  const words = measureDefinition(measure).words?.(measure, write, about);
  return write.message(`measure.${measure.kind}.sentence`, {
    ...about,
    period: periodSentence(period, write),
    ...words,
  });
}
