import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkNode } from '../check/check-definition.ts';
import type { Node } from '../conditions/condition-type.ts';
import { definitionSchema, nodeSchema } from '../definition.ts';
import { operators } from '../operators/index.ts';
import { isNegative } from '../operators/operator.ts';
import { requirements } from '../requirements.ts';
import { canonicalText } from '../canonical.ts';
import {
  anyFacts,
  anyNode,
  anyPredicate,
  anyValue,
  anyWhere,
  anyEvent,
  fields,
  NOW,
} from '../test-arbitraries.ts';
import { compileWhere, whereSchema } from '../where/where.ts';
import { compileRule, explain, interpret } from './compile-rule.ts';

const clock = { now: NOW, workspaceZone: 'Europe/Kyiv' };

function checked(input: unknown): Node {
  const outcome = checkNode(input, { fields });
  if (!outcome.ok) throw new Error(JSON.stringify([input, outcome.issues]));
  return outcome.value;
}

const positives = new Map<string, string>(
  Object.values(operators).flatMap((operator) =>
    isNegative(operator) ? [[operator.op, operator.negates.op]] : [],
  ),
);

function ask(predicate: object, value: unknown): boolean {
  const where = whereSchema.parse({ param: 'p', ...predicate });
  return compileWhere(where)({ params: { p: value as null } }, clock);
}

describe('operators', () => {
  test('a negative operator is the complement of its positive one', () => {
    fc.assert(
      fc.property(anyPredicate, anyValue, (predicate, value) => {
        const positive = positives.get(predicate.op);
        fc.pre(positive !== undefined);
        expect(ask(predicate, value)).toBe(!ask({ ...predicate, op: positive }, value));
      }),
      { numRuns: 500 },
    );
  });

  test('a positive operator is false for no value', () => {
    const noValue = fc.constantFrom(null, '', [], undefined);
    fc.assert(
      fc.property(anyPredicate, noValue, (predicate, value) => {
        expect(ask(predicate, value)).toBe(positives.has(predicate.op));
      }),
    );
  });

  test('between numbers is at least the low one and at most the high one', () => {
    const low = fc.integer({ min: -9, max: 9 });
    fc.assert(
      fc.property(low, fc.nat(9), anyValue, (from, length, value) => {
        const to = from + length;
        const both =
          ask({ op: 'greater_or_equal', value: from }, value) &&
          ask({ op: 'less_or_equal', value: to }, value);
        expect(ask({ op: 'between', value: [from, to] }, value)).toBe(both);
      }),
    );
  });

  test('between dates is after the first and before the second', () => {
    fc.assert(
      fc.property(anyValue, fc.constantFrom('UTC', 'Asia/Tokyo'), (value, zone) => {
        const [from, to] = ['2026-10-13', '2026-10-15'];
        const both =
          ask({ op: 'after', value: from, zone }, value) &&
          ask({ op: 'before', value: to, zone }, value);
        expect(ask({ op: 'between', value: [from, to], zone }, value)).toBe(both);
      }),
    );
  });

  test('on a day is in the period of that day', () => {
    fc.assert(
      fc.property(
        anyValue,
        fc.constantFrom('UTC', 'Asia/Tokyo', 'America/New_York'),
        (value, zone) => {
          const period = { kind: 'between', from: '2026-10-14', to: '2026-10-15' };
          expect(ask({ op: 'on', value: '2026-10-14', zone }, value)).toBe(
            ask({ op: 'in', period, zone }, value),
          );
        },
      ),
    );
  });

  test('one of a list is equal to some of it', () => {
    const list = fc.array(fc.oneof(fc.constantFrom('A', '5', 'true'), fc.nat(9), fc.boolean()), {
      minLength: 1,
    });
    fc.assert(
      fc.property(list, anyValue, (values, value) => {
        const some = values.some((one) => ask({ op: 'equals', value: one }, value));
        expect(ask({ op: 'one_of', value: values }, value)).toBe(some);
        const inList = values.some((one) => ask({ op: 'has_any', value: [one] }, value));
        expect(ask({ op: 'has_any', value: values }, value)).toBe(inList);
        const allInList = values.every((one) => ask({ op: 'has_any', value: [one] }, value));
        expect(ask({ op: 'has_all', value: values }, value)).toBe(allInList);
      }),
    );
  });
});

describe('trees', () => {
  test('not is the complement, all and any are each other’s', () => {
    fc.assert(
      fc.property(anyNode, anyNode, anyFacts, (first, second, facts) => {
        const is = (node: unknown) => interpret(checked(node), facts, { fields });
        expect(is({ not: first })).toBe(!is(first));
        expect(is({ all: [first, second] })).toBe(is(first) && is(second));
        expect(is({ any: [first, second] })).toBe(!is({ all: [{ not: first }, { not: second }] }));
      }),
    );
  });

  test('a filter means in an event condition what it means by itself', () => {
    fc.assert(
      fc.property(anyWhere, anyEvent, (where, fact) => {
        const alone = compileWhere(whereSchema.parse(where))(fact, clock);
        const node = checked({ type: 'event', event: fact.event, where, period: { kind: 'ever' } });
        const facts = { ...clock, fields: {}, events: new Map([[fact.event, [fact]]]) };
        expect(interpret(node, facts, { fields })).toBe(alone);
      }),
    );
  });
});

describe('evaluation', () => {
  test('explain answers as test does, and each join as its parts say', () => {
    fc.assert(
      fc.property(anyNode, anyFacts, (input, facts) => {
        const node = checked(input);
        const { result, tree } = explain(node, facts, { fields });
        expect(result).toBe(interpret(node, facts, { fields }));
        expect(tree.result).toBe(result);
        JSON.stringify(tree);
      }),
    );
  });

  test('one compiled rule serves contacts of several zones as rules of their own would', () => {
    fc.assert(
      fc.property(anyNode, fc.array(anyFacts, { maxLength: 4 }), (input, contacts) => {
        const node = checked(input);
        const rule = compileRule(node, { fields });
        expect(contacts.map((facts) => rule.test(facts))).toEqual(
          contacts.map((facts) => interpret(node, facts, { fields })),
        );
      }),
    );
  });

  test('the order of events does not matter', () => {
    fc.assert(
      fc.property(anyNode, anyFacts, (input, facts) => {
        const node = checked(input);
        const events = new Map(
          [...facts.events].map(([type, list]) => [type, [...list].reverse()]),
        );
        expect(interpret(node, { ...facts, events }, { fields })).toBe(
          interpret(node, facts, { fields }),
        );
      }),
    );
  });

  test('what requirements name is enough', () => {
    fc.assert(
      fc.property(anyNode, anyFacts, (input, facts) => {
        const node = checked(input);
        const { workspaceZone, contactZone } = facts;
        const needs = requirements([node], {
          now: NOW,
          workspaceZone,
          contactZones: contactZone ? [contactZone] : [],
        });
        const few = {
          ...facts,
          contactZone: needs.contactZone ? contactZone : undefined,
          fields: Object.fromEntries(
            Object.entries(facts.fields).filter(([name]) => needs.fields.has(name)),
          ),
          segments: new Map([...facts.segments!].filter(([id]) => needs.segments.has(id))),
          categories: needs.categories ? facts.categories : undefined,
          devices: needs.devices ? facts.devices : undefined,
          orders: needs.orders ? facts.orders : undefined,
          runs: facts.runs!.filter(({ workflow }) => needs.workflows.has(workflow)),
          messages: new Map(
            [...facts.messages!].map(([action, list]) => [
              action,
              list
                .filter((fact) => fact.occurredAt >= (needs.messages.get(action) ?? Infinity))
                .map((fact) => ({
                  ...fact,
                  params: Object.fromEntries(
                    Object.entries(fact.params).filter(
                      ([name]) =>
                        (name !== 'opened' && name !== 'clicked') || needs.outcomes.has(name),
                    ),
                  ),
                })),
            ]),
          ),
          channels: facts.channels!.filter(({ channel }) => needs.channels.has(channel)),
          events: new Map(
            [...facts.events].map(([type, list]) => [
              type,
              list
                .filter((fact) => fact.occurredAt >= (needs.events.get(type) ?? Infinity))
                .map(({ event, occurredAt, ...content }) => ({
                  ...(needs.contents.has(type) ? content : { params: {} }),
                  event,
                  occurredAt,
                })),
            ]),
          ),
        };
        const rule = compileRule(node, { fields });
        expect(rule.judge(few)).toEqual(rule.judge(facts));
      }),
      { numRuns: 300 },
    );
  });

  test('nodes of equal canonical text have equal answers', () => {
    fc.assert(
      fc.property(anyNode, anyFacts, (input, facts) => {
        const node = checked(input);
        const canonical = checked(JSON.parse(canonicalText(node)));
        expect(canonicalText(canonical)).toBe(canonicalText(node));
        expect(interpret(canonical, facts, { fields })).toBe(interpret(node, facts, { fields }));
      }),
      { numRuns: 300 },
    );
  });
});

describe('checks', () => {
  test('a checked node passes again, unchanged, and fits the documented shape', () => {
    const shape = nodeSchema();
    fc.assert(
      fc.property(anyNode, (input) => {
        const node = checked(input);
        expect(checked(node)).toEqual(node);
        expect(shape.safeParse(node).error).toBeUndefined();
      }),
    );
  });

  test('any JSON is either taken, and then fits the shape, or refused with a reason', () => {
    const shape = definitionSchema();
    fc.assert(
      fc.property(fc.jsonValue(), anyNode, (json, node) => {
        for (const include of [json, { all: [node, json] }, { ...(node as object), extra: json }]) {
          const outcome = checkNode(include, { fields });
          const fits = shape.safeParse({ language: 1, include }).success;
          expect(outcome.ok ? fits : outcome.issues.length > 0).toBe(true);
        }
      }),
    );
  });
});
