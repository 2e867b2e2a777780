import type { Answer, Question } from '@perennial/blocks/steps';
import {
  checkNode,
  compileRule,
  leavesOf,
  workflowConditions,
  type BaseCondition,
  type CompiledRule,
  type ExplainedNode,
  type Explanation,
  type Json,
  type Node,
} from '@perennial/conditions';
import { fieldTypesOf, type ContactState, type CustomRules } from '../contacts/index.ts';
import type { Tx } from '../db/index.ts';
import { loadFacts, neededFacts, zoneOf } from '../evaluation/index.ts';
import type { EventTypeIds } from '../events/index.ts';
import type { EventRules } from '../workflows/index.ts';
import { readRuns } from './read-runs.ts';
import { withEventRules } from './with-event-rules.ts';

/** What a condition is evaluated with. */
export interface EvaluationParts {
  contacts: ReadonlyMap<number, ContactState>;
  eventTypes: EventTypeIds;
  /** Rules of the custom fields that are named. */
  rules: (workspaceId: number, fields: string[]) => Promise<CustomRules>;
  zone: (workspaceId: number) => string;
  currency: (workspaceId: number) => string;
  /** Segments that take values from the event of the run. */
  eventRules: (workspaceId: number) => EventRules;
  now: number;
}

/**
 * Answers conditions about runs' contacts, in the order of the questions. Facts are loaded by one
 * statement for each kind of fact that any of the conditions mentions.
 */
export async function evaluateConditions(
  tx: Tx,
  questions: readonly Question[],
  parts: EvaluationParts,
): Promise<Answer[]> {
  const answers = new Map<Question, Answer>();
  for (const [workspaceId, own] of Map.groupBy(questions, ({ run }) => run.workspaceId)) {
    for (const [question, answer] of await evaluateIn(tx, workspaceId, own, parts)) {
      answers.set(question, answer);
    }
  }
  return questions.map((question) => answers.get(question)!);
}

async function evaluateIn(
  tx: Tx,
  workspaceId: number,
  questions: Question[],
  { contacts, eventTypes, rules: rulesOf, zone, currency, eventRules, now }: EvaluationParts,
): Promise<Map<Question, Answer>> {
  const nodes = [...new Set(questions.map(({ node }) => node as Node))];
  const segments = eventRules(workspaceId);
  const named = nodes.flatMap((node) => fieldsNamed(withEventRules(node, segments)));
  const rules = named.length > 0 ? await rulesOf(workspaceId, named) : NO_RULES;
  const compiled = new Map(nodes.map((node) => [node, compile(node, rules, segments)]));
  const asked = questions.filter(({ node }) => !compiled.get(node as Node)!.problem);
  const workspaceZone = zone(workspaceId);
  const whole = new Set(asked.map(({ node }) => compiled.get(node as Node)!.whole));
  const needs = neededFacts([...whole], {
    now,
    workspaceZone,
    contactZones: asked.flatMap(({ run }) => zoneOf(contacts.get(run.contactId)) ?? []),
    types: workflowConditions,
  });
  const facts = await loadFacts(
    tx,
    asked.map(({ run }) => ({ contact: contacts.get(run.contactId)!, at: now, needs })),
    {
      workspaceId,
      workspaceZone,
      workspaceCurrency: currency(workspaceId),
      eventTypes,
      readRuns,
      now: new Date(now),
    },
  );
  const factsOf = new Map(asked.map((question, i) => [question, facts[i]!]));
  return new Map(
    questions.map((question) => {
      const { rule, problem } = compiled.get(question.node as Node)!;
      if (!rule) return [question, { problem }];
      const { trigger } = question.run;
      return [
        question,
        answerOf(rule.explain({ ...factsOf.get(question)!, trigger, run: question.run.results })),
      ];
    }),
  );
}

const NO_RULES: CustomRules = new Map();

interface Compiled {
  rule?: CompiledRule;
  /** With the rules of segments that take values from an event. */
  whole: Node;
  /** Why the condition cannot be evaluated: a field that it names is gone, or changed its type. */
  problem: string;
}

// By the checked settings of a block, which live as long as their version, and by the rules of the
// workspace's fields and segments, which are replaced when they change.
const known = new WeakMap<
  object,
  { rules: CustomRules; segments: EventRules; compiled: Compiled }
>();

function compile(node: Node, rules: CustomRules, segments: EventRules): Compiled {
  const found = known.get(node);
  if (found?.rules === rules && found.segments === segments) return found.compiled;
  const fields = fieldTypesOf(rules);
  const types = workflowConditions;
  // The rules of segments were checked by themselves.
  const checked = checkNode(node, { fields, types });
  const whole = withEventRules(checked.ok ? checked.value : node, segments);
  const compiled: Compiled = checked.ok
    ? { whole, rule: compileRule(whole, { fields, types }), problem: '' }
    : {
        whole,
        problem: checked.issues.map((issue) => `${issue.path} ${issue.message}`).join('; '),
      };
  known.set(node, { rules, segments, compiled });
  return compiled;
}

/** Custom fields: the others need no rules. */
function fieldsNamed(node: unknown): string[] {
  return [...leavesOf<BaseCondition & { field?: string }>(node as Node)].flatMap(({ field }) =>
    typeof field === 'string' && field.startsWith('custom.') ? [field] : [],
  );
}

/** The leaves in the order of the definition, with what they saw. */
function answerOf({ result, missing, tree }: Explanation): Answer {
  const conditions = [...conditionsOf(tree)];
  return {
    result,
    values: { result, ...(missing.length > 0 && { missing: [...missing] }), conditions },
  };
}

function* conditionsOf(node: ExplainedNode): Generator<Json> {
  for (const child of node.children) yield* conditionsOf(child);
  const { type, field, event, param, segment, category, channel, action, workflow } =
    node.node as Record<string, Json | undefined>;
  if (typeof type !== 'string') return;
  const about = field ?? event ?? param ?? segment ?? category ?? channel ?? action ?? workflow;
  yield {
    type,
    ...(about !== undefined && { about }),
    result: node.result,
    values: node.values,
  };
}
