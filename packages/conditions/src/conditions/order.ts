import { z } from 'zod';
import type { CheckContext } from '../check/context.ts';
import { parseWith } from '../check/report.ts';
import type { JsonObject } from '../json.ts';
import { DEFAULT_MEASURE, type Measure } from '../measures/index.ts';
import { measuredSql } from '../sql/measured.ts';
import { stableJson } from '../stable-json.ts';
import { leavesOf } from '../tree.ts';
import { type WhereLeaf, whereShape } from '../where/where.ts';
import type { Write } from '../sentences/write.ts';
import type { ConditionType } from './condition-type.ts';
import {
  type Measured,
  canonicalMeasured,
  checkMeasured,
  compileMeasured,
  measuredMembers,
  measuredDenial,
  measuredSentence,
  needMeasured,
} from './measured.ts';

/** What the contact ordered: orders in their latest state, at the time they were made. */
export interface OrderCondition extends Measured {
  readonly type: 'order';
}

const members = { type: z.literal('order'), ...measuredMembers };

const shellSchema = z.strictObject({ ...members, where: z.unknown().optional() });

/** A measure of the contact's orders in a period. */
export const order: ConditionType<OrderCondition> = {
  type: 'order',
  schema: z.strictObject({ ...members, where: whereShape.optional() }),
  check: checkOrder,
  compile: (condition, { operands, currency }) =>
    compileMeasured(inOneCurrency(condition, currency), {
      operands,
      factsOf: ({ orders = [] }) => orders,
    }),
  toSql(written, context) {
    const condition = inOneCurrency(written, context.currency);
    const key = stableJson(order.canonical(condition));
    return measuredSql({ key, condition, factsIn: (sources) => sources.orders?.() }, context);
  },
  need(condition, needs) {
    needs.orders();
    needMeasured(condition, needs);
  },
  canonical: (condition) => ({ type: 'order', ...canonicalMeasured(condition) }),
  sentence: (condition, write) => measuredSentence(condition, actsOf(write), write),
  denial: (condition, write) => measuredDenial(condition, actsOf(write), write),
  messages: { done: 'placed an order', undone: 'placed no order' },
};

function checkOrder(input: JsonObject, context: CheckContext): OrderCondition | undefined {
  const shell = parseWith(shellSchema, input, context.report);
  return checkMeasured(shell as OrderCondition | undefined, input, context);
}

/** Measures of amounts, which only mean something in one currency. */
const OF_AMOUNTS: readonly Measure['kind'][] = ['sum', 'average', 'min', 'max'];

/**
 * The condition with what it leaves unsaid: amounts are those in the workspace's currency unless
 * its `where` names `currency`.
 */
export function inOneCurrency(
  condition: OrderCondition,
  currency: string | undefined,
): OrderCondition {
  const { where, measure = DEFAULT_MEASURE } = condition;
  const asked = measure.kind === 'streak' ? (measure.each ?? DEFAULT_MEASURE) : measure;
  const named = where && [...leavesOf(where)].some(({ param }) => param === 'currency');
  if (currency === undefined || named || !OF_AMOUNTS.includes(asked.kind)) return condition;
  const own: WhereLeaf = { param: 'currency', op: 'equals', value: currency };
  return { ...condition, where: where ? { all: [where, own] } : own };
}

function actsOf(write: Write) {
  return {
    done: write.message('condition.order.done'),
    undone: write.message('condition.order.undone'),
  };
}
