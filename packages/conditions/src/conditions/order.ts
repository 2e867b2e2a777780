import { z } from 'zod';
import type { CheckContext } from '../check/context.ts';
import { parseWith } from '../check/report.ts';
import type { EventFact, Facts } from '../facts.ts';
import type { JsonObject } from '../json.ts';
import { DEFAULT_MEASURE, type Measure } from '../measures/index.ts';
import { measuredSql } from '../sql/measured.ts';
import { stableJson } from '../stable-json.ts';
import { takeApart } from '../tree.ts';
import { type Where, type WhereLeaf, whereShape } from '../where/where.ts';
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
  compile(condition, { operands }) {
    const isMeant = isInOneCurrency(condition) ? () => true : isOfWorkspace;
    return compileMeasured(condition, {
      operands,
      factsOf: (facts) => (facts.orders ?? []).filter((made) => isMeant(made, facts)),
    });
  },
  toSql(written, context) {
    const condition = inWorkspaceCurrency(written, context.sql.workspaceCurrency);
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

/** Measures that add or compare amounts, which only mean something in one currency. */
const OF_AMOUNTS: readonly Measure['kind'][] = ['sum', 'average', 'min', 'max'];

/** How many of a thing were ordered is the same number in every currency. */
const QUANTITY = /(^|[.\]])quantity$/;

/** Whether nothing has to be added to it: it measures no amounts, or says of which currency. */
export function isInOneCurrency({ where, measure = DEFAULT_MEASURE }: OrderCondition): boolean {
  const asked = measure.kind === 'streak' ? (measure.each ?? DEFAULT_MEASURE) : measure;
  if (!OF_AMOUNTS.includes(asked.kind)) return true;
  if ('param' in asked && QUANTITY.test(asked.param)) return true;
  return where !== undefined && namesOneCurrency(where);
}

/** Orders of several currencies that are all wanted have no sum: only what must hold counts. */
function namesOneCurrency(where: Where): boolean {
  const taken = takeApart<WhereLeaf>(where);
  if (taken.join === 'leaf') {
    const { param, op } = taken.leaf;
    return param === 'currency' && op === 'equals';
  }
  return taken.join === 'all' && taken.parts.some(namesOneCurrency);
}

/** An order that names no currency is in the workspace's; so is every order where none is known. */
function isOfWorkspace({ params }: EventFact, { workspaceCurrency: own }: Facts): boolean {
  return own === undefined || (params['currency'] ?? own) === own;
}

/** The condition with what it leaves unsaid: amounts are those in the workspace's currency. */
export function inWorkspaceCurrency(
  condition: OrderCondition,
  workspaceCurrency: string | undefined,
): OrderCondition {
  if (workspaceCurrency === undefined || isInOneCurrency(condition)) return condition;
  const { where } = condition;
  const own: Where = {
    any: [
      { param: 'currency', op: 'equals', value: workspaceCurrency },
      { param: 'currency', op: 'is_empty' },
    ],
  };
  return { ...condition, where: where ? { all: [where, own] } : own };
}

function actsOf(write: Write) {
  return {
    done: write.message('condition.order.done'),
    undone: write.message('condition.order.undone'),
  };
}
