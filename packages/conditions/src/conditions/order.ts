import { z } from 'zod';
import { parseWith } from '../check/report.ts';
import type { EventFact, Facts } from '../facts.ts';
import { type Measure, measureSchema } from '../measures/index.ts';
import { type Period, periodSchema } from '../periods/index.ts';
import { type Where, whereShape } from '../where/where.ts';
import type { ConditionType } from './condition-type.ts';
import { event, type EventCondition } from './event.ts';

/** What the contact ordered: orders in their latest state, at the time they were made. */
export interface OrderCondition {
  readonly type: 'order';
  readonly where?: Where | undefined;
  /** Absent: at least once. */
  readonly measure?: Measure | undefined;
  /** Absent: today, in UTC. */
  readonly period?: Period | undefined;
}

/** Orders are measured as events are; no event type has this key, which holds a forbidden sign. */
const ORDERS = '<orders>';

const members = {
  type: z.literal('order'),
  measure: measureSchema.optional(),
  period: periodSchema.optional(),
};

const shellSchema = z.strictObject({ ...members, where: z.unknown().optional() });

/** A measure of the contact's orders in a period. */
export const order: ConditionType<OrderCondition> = {
  type: 'order',
  schema: z.strictObject({ ...members, where: whereShape.optional() }),
  check(input, context) {
    if (!parseWith(shellSchema, input, context.report)) return undefined;
    const checked = event.check({ ...input, type: 'event', event: ORDERS }, context);
    return checked && asOrder(checked);
  },
  compile(condition, context) {
    const judge = event.compile(asEvent(condition), context);
    return (facts) => judge({ ...facts, events: ordersOf(facts) });
  },
  need(condition, needs) {
    needs.orders();
    event.need(asEvent(condition), { ...needs, events: () => {} });
  },
  canonical(condition) {
    const { event: _, ...rest } = event.canonical(asEvent(condition)) as Record<string, never>;
    return { ...rest, type: 'order' };
  },
  sentence: (condition, write) =>
    event.sentence(asEvent(condition), {
      ...write,
      event: () => write.message('condition.order.name'),
    }),
  messages: { name: 'an order' },
};

function asEvent(condition: OrderCondition): EventCondition {
  return { ...condition, type: 'event', event: ORDERS };
}

function asOrder({ event: _, ...condition }: EventCondition): OrderCondition {
  return { ...condition, type: 'order' };
}

function ordersOf({ orders = [] }: Facts): ReadonlyMap<string, readonly EventFact[]> {
  return new Map([[ORDERS, orders]]);
}
