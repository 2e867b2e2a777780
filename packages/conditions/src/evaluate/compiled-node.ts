import type { BaseCondition, Node } from '../conditions/condition-type.ts';
import type { Facts, Verdict } from '../facts.ts';
import { takeApart } from '../tree.ts';
import type { ExplainedNode } from './explanation.ts';
import { joinedChange } from './joined-change.ts';

/**
 * A node that was parsed once. `explain` asks all parts, `test` only as many as it needs; `judge`
 * asks of all parts the answer, and of those that decide how long it lasts.
 */
export interface CompiledNode<F extends Facts> {
  test(facts: F): boolean;
  judge(facts: F): LastingAnswer;
  explain(facts: F): ExplainedNode;
}

/** An answer, and on request until when it holds. */
export type LastingAnswer = Pick<Verdict, 'result' | 'changesAt'>;

/** Compiles a node, given how its conditions are compiled. */
export function compileNodeWith<F extends Facts>(
  node: Node,
  compileCondition: (condition: BaseCondition) => (facts: F) => Verdict,
): CompiledNode<F> {
  const taken = takeApart(node);
  if (taken.join === 'leaf') return compiledCondition(node, compileCondition(taken.leaf));
  const parts = taken.parts.map((part) => compileNodeWith(part, compileCondition));
  const joins = {
    all: { test: (facts: F) => parts.every((part) => part.test(facts)), joined: everyTrue },
    any: { test: (facts: F) => parts.some((part) => part.test(facts)), joined: someTrue },
    not: { test: (facts: F) => !parts.every((part) => part.test(facts)), joined: notTrue },
  };
  const { test, joined } = joins[taken.join];
  return {
    test,
    judge(facts) {
      const judged = parts.map((part) => part.judge(facts));
      const changesAt = () => joinedChange(taken.join === 'any' ? 'some' : 'all', judged);
      return { result: joined(judged), changesAt };
    },
    explain(facts) {
      const children = parts.map((part) => part.explain(facts));
      return { node, result: joined(children), values: {}, children };
    },
  };
}

function compiledCondition<F extends Facts>(
  node: Node,
  evaluate: (facts: F) => Verdict,
): CompiledNode<F> {
  return {
    test: (facts) => evaluate(facts).result,
    judge: evaluate,
    explain(facts) {
      const { result, values } = evaluate(facts);
      return { node, result, values: values(), children: [] };
    },
  };
}

function everyTrue(children: readonly { result: boolean }[]): boolean {
  return children.every((child) => child.result);
}

function someTrue(children: readonly { result: boolean }[]): boolean {
  return children.some((child) => child.result);
}

function notTrue(children: readonly { result: boolean }[]): boolean {
  return !everyTrue(children);
}
