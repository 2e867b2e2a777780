import { describe, expect, test } from 'vitest';
import { checkNode } from '../check/check-definition.ts';
import { interpret } from '../evaluate/compile-rule.ts';
import type { Facts } from '../facts.ts';
import { fieldCatalogue } from '../fields.ts';
import type { Json } from '../json.ts';
import { type OrderCondition, inOneCurrency } from './order.ts';

const NOW = Date.UTC(2026, 9, 14, 9, 30);
const fields = fieldCatalogue({});
const ever = { period: { kind: 'ever' } };

function checked(rest: object): OrderCondition {
  const outcome = checkNode({ type: 'order', ...ever, ...rest }, { fields });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value as OrderCondition;
}

const order = (total: number, currency: string, rest: Record<string, Json> = {}) => ({
  event: 'order',
  occurredAt: NOW,
  params: { total, currency, status: 'paid', ...rest },
});
const contact: Facts = {
  now: NOW,
  workspaceZone: 'UTC',
  fields: {},
  events: new Map(),
  orders: [order(100, 'UAH'), order(50, 'USD'), order(7, 'UAH')],
};

const total = (kind: string, op: string, value: number) => ({
  measure: { kind, param: 'total', op, value },
});
const where = (param: string, value: Json) => ({ where: { param, op: 'equals', value } });

describe('orders', () => {
  test.each<[string, object, boolean]>([
    ['are counted in all currencies', { measure: { kind: 'count', op: 'equals', value: 3 } }, true],
    ['sums are of the workspace’s currency', total('sum', 'equals', 107), true],
    ['so are averages', total('average', 'equals', 53.5), true],
    ['and the greatest', total('max', 'equals', 100), true],
    [
      'unless another is named',
      { ...total('sum', 'equals', 50), ...where('currency', 'USD') },
      true,
    ],
    [
      'other filters leave the currency to the workspace',
      { ...total('sum', 'equals', 107), ...where('status', 'paid') },
      true,
    ],
    [
      'sums of a day of a streak too',
      {
        measure: {
          kind: 'streak',
          each: { kind: 'sum', param: 'total', op: 'greater', value: 0 },
        },
        period: { kind: 'previous', n: 1, unit: 'day' },
      },
      false,
    ],
  ])('%s', (_case, rest, result) => {
    expect(interpret(checked(rest), contact, { fields, currency: 'UAH' })).toBe(result);
  });

  test('where no currency is known all are added', () => {
    expect(interpret(checked(total('sum', 'equals', 157)), contact, { fields })).toBe(true);
  });

  test('what is asked of the database names the currency that is meant', () => {
    const own = { param: 'currency', op: 'equals', value: 'UAH' };
    const paid = where('status', 'paid');
    expect(inOneCurrency(checked(total('sum', 'less', 1)), 'UAH').where).toEqual(own);
    expect(inOneCurrency(checked({ ...total('min', 'less', 1), ...paid }), 'UAH').where).toEqual({
      all: [paid.where, own],
    });
    expect(inOneCurrency(checked(paid), 'UAH')).toEqual(checked(paid));
  });
});
