import {
  type BaseCondition,
  type ConditionTypes,
  type Node,
  typeOf,
} from '../conditions/condition-type.ts';
import { segmentConditions } from '../conditions/index.ts';
import { type Definition, isDefinition } from '../definition.ts';
import type { EventContent, Facts } from '../facts.ts';
import type { FieldCatalogue } from '../fields.ts';
import { createOperands } from '../predicates/operands.ts';
import type { Explanation, ExplainedNode } from './explanation.ts';
import { type CompiledNode, type LastingAnswer, compileNodeWith } from './compiled-node.ts';
import { type Judgement, joinedChange } from './joined-change.ts';

/** What evaluation depends on beside the rule and the facts. */
export interface EvaluateOptions<F extends Facts = Facts> {
  readonly fields: FieldCatalogue;
  /** Types of condition; those of segments unless given. */
  readonly types?: ConditionTypes<F>;
}

/** A definition or node that was parsed once and can be evaluated for many contacts. */
export interface CompiledRule<F extends Facts = Facts> {
  /** Whether the contact satisfies it, by the meaning of the segment language. */
  test(facts: F): boolean;
  /**
   * The same answer, and the earliest instant after `facts.now` (epoch milliseconds; Infinity:
   * never) at which time alone may change it: it is constant until then. Never too late; too early
   * where parts change one after another.
   */
  judge(facts: F): Judgement;
  /** The same answer with the tree of conditions, their answers and the values they saw. */
  explain(facts: F): Explanation;
}

/**
 * Compiles a checked definition or node. A rule with `{"$event": path}` is compiled anew for each
 * triggering event; one without, once. Throws for a rule that was not checked.
 */
export function compileRule<F extends Facts = Facts>(
  rule: Definition | Node,
  options: EvaluateOptions<F>,
): CompiledRule<F> {
  let latest = compileFor(rule, undefined, options);
  const rulesFor = (trigger: EventContent | undefined) => {
    if (latest.usesTrigger && latest.trigger !== trigger) {
      latest = compileFor(rule, trigger, options);
    }
    return latest;
  };
  return {
    test: (facts) => rulesFor(facts.trigger).test(facts),
    judge: (facts) => rulesFor(facts.trigger).judge(facts),
    explain: (facts) => rulesFor(facts.trigger).explain(facts),
  };
}

/** A rule compiled for one triggering event, or for none. */
interface RuleForTrigger<F extends Facts> extends CompiledRule<F> {
  readonly trigger: EventContent | undefined;
  readonly usesTrigger: boolean;
}

function compileFor<F extends Facts>(
  rule: Definition | Node,
  trigger: EventContent | undefined,
  options: EvaluateOptions<F>,
): RuleForTrigger<F> {
  const operands = createOperands(trigger);
  const { fields } = options;
  const types = (options.types ?? segmentConditions) as ConditionTypes<F>;
  const compile = (node: Node) =>
    compileNodeWith<F>(node, (condition: BaseCondition) =>
      typeOf(condition, types).compile(condition, { fields, operands }),
    );
  const root = isDefinition(rule) ? compileDefinition(rule, compile) : compile(rule);
  const { missing, usesTrigger } = operands;
  return {
    trigger,
    usesTrigger,
    // A value that the event lacks makes the whole rule false, negations included.
    test: (facts) => missing.length === 0 && root.test(facts),
    judge: (facts) => (missing.length === 0 ? judgementOf(root.judge(facts)) : NEVER_TRUE),
    explain: (facts) => explanationOf(root.explain(facts), missing),
  };
}

function compileDefinition<F extends Facts>(
  definition: Definition,
  compile: (node: Node) => CompiledNode<F>,
): CompiledNode<F> {
  const include = compile(definition.include);
  const exclude = definition.exclude && compile(definition.exclude);
  return {
    test: (facts) => include.test(facts) && !exclude?.test(facts),
    judge(facts) {
      const included = include.judge(facts);
      const excluded = exclude?.judge(facts);
      if (!excluded) return included;
      const parts = [included, { ...excluded, result: !excluded.result }];
      return {
        result: parts.every(({ result }) => result),
        changesAt: () => joinedChange('all', parts),
      };
    },
    explain(facts) {
      const included = include.explain(facts);
      const excluded = exclude?.explain(facts);
      return {
        node: definition,
        result: included.result && !excluded?.result,
        values: {},
        children: excluded ? [included, excluded] : [included],
      };
    },
  };
}

const NEVER_TRUE: Judgement = { result: false, changesAt: Infinity };

function judgementOf({ result, changesAt }: LastingAnswer): Judgement {
  return { result, changesAt: changesAt() };
}

function explanationOf(tree: ExplainedNode, missing: readonly string[]): Explanation {
  if (missing.length === 0) return { result: tree.result, missing, tree };
  return { result: false, missing, tree: { ...tree, result: false } };
}

/** Whether one contact satisfies a checked definition or node. For many, use `compileRule`. */
export function interpret<F extends Facts = Facts>(
  rule: Definition | Node,
  facts: F,
  options: EvaluateOptions<F>,
): boolean {
  return compileRule(rule, options).test(facts);
}

/** As `interpret`, with the tree of conditions, their answers and the values they saw. */
export function explain<F extends Facts = Facts>(
  rule: Definition | Node,
  facts: F,
  options: EvaluateOptions<F>,
): Explanation {
  return compileRule(rule, options).explain(facts);
}
