import { describe, expect, test } from 'vitest';
import { checkNode } from '../check/check-definition.ts';
import { interpret } from '../evaluate/compile-rule.ts';
import type { Facts } from '../facts.ts';
import { fieldCatalogue } from '../fields.ts';
import type { Json } from '../json.ts';
import { type OrderCondition, inWorkspaceCurrency } from './order.ts';

const NOW = Date.UTC(2026, 9, 14, 9, 30);
const fields = fieldCatalogue({});
const ever = { period: { kind: 'ever' } };

function checked(rest: object): OrderCondition {
  const outcome = checkNode({ type: 'order', ...ever, ...rest }, { fields });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value as OrderCondition;
}

const order = (total: number, currency: string | null, rest: Record<string, Json> = {}) => ({
  event: 'order',
  occurredAt: NOW,
  params: { total, currency, status: 'paid', items: [{ quantity: 2 }], ...rest },
});
const contact: Facts = {
  now: NOW,
  workspaceZone: 'UTC',
  workspaceCurrency: 'UAH',
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
      'of several currencies that would all do, the workspace’s is meant still',
      {
        ...total('sum', 'equals', 107),
        where: { param: 'currency', op: 'one_of', value: ['UAH', 'USD'] },
      },
      true,
    ],
    [
      'how many pieces were ordered is added in all currencies',
      { measure: { kind: 'sum', param: 'items[].quantity', op: 'equals', value: 6 } },
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
    expect(interpret(checked(rest), contact, { fields })).toBe(result);
  });

  test('an order that names no currency is in the workspace’s', () => {
    const orders = [...contact.orders!, order(3, null)];
    const sum = checked(total('sum', 'equals', 110));
    expect(interpret(sum, { ...contact, orders }, { fields })).toBe(true);
  });

  test('where no currency is known all are added', () => {
    const unknown = { ...contact, workspaceCurrency: undefined };
    expect(interpret(checked(total('sum', 'equals', 157)), unknown, { fields })).toBe(true);
  });

  test('what is asked of the database names the currency that is meant', () => {
    const own = {
      any: [
        { param: 'currency', op: 'equals', value: 'UAH' },
        { param: 'currency', op: 'is_empty' },
      ],
    };
    const asked = (rest: object) => inWorkspaceCurrency(checked(rest), 'UAH');
    const paid = where('status', 'paid');
    expect(asked(total('sum', 'less', 1)).where).toEqual(own);
    expect(asked({ ...total('min', 'less', 1), ...paid }).where).toEqual({
      all: [paid.where, own],
    });
    expect(asked(paid)).toEqual(checked(paid));
  });
});
