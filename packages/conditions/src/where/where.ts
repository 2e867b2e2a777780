import { z } from 'zod';
import { type CheckContext, createContext } from '../check/context.ts';
import { type Issue, pointerKeys, quoted } from '../check/report.ts';
import type { EventContent } from '../facts.ts';
import type { Json, JsonObject } from '../json.ts';
import { pathOf, pathSchema } from '../paths/parse-path.ts';
import { pathText } from '../paths/path.ts';
import { someValue } from '../paths/read-path.ts';
import { canonicalPredicate } from '../predicates/canonical-predicate.ts';
import { checkPredicate } from '../predicates/check-predicate.ts';
import {
  type CompiledPredicate,
  compilePredicate,
  someValueChange,
} from '../predicates/compile-predicate.ts';
import { type Operands, createOperands } from '../predicates/operands.ts';
import { type Predicate, predicateSchema } from '../predicates/predicate.ts';
import type { Clock } from '../time/clock.ts';
import { expectedOneOf } from '../periods/parts.ts';
import type { SubjectType } from '../values/value-types.ts';
import { type Tree, checkTree, compileTree, treeSchema } from '../tree.ts';

/** A leaf of `where`: what a parameter of the event must be. */
export interface WhereLeaf extends Predicate {
  /** Path into the event, such as `items[].price` or `$key`. */
  readonly param: string;
}

/** The parameter filter of an event. */
export type Where = Tree<WhereLeaf>;

const leafMembers = { param: pathSchema };

/** The shape of a `where`, for documentation; `checkWhere` and `whereSchema` tell mistakes better. */
export const whereShape: z.ZodType<Where> = treeSchema(
  predicateSchema<WhereLeaf>('json', leafMembers),
);

/**
 * The type of what a path of `where` leads to; undefined when there is nothing of that name. Where
 * any path may be named, as in events, it is `json`.
 */
export interface WhereSubjects {
  typeOf(path: string): SubjectType | undefined;
  /** What may be named, for the refusal of anything else. */
  readonly names: readonly string[];
}

/** Parameters of events: any path, typed by the operator. */
export const ANY_PARAMETER: WhereSubjects = { typeOf: () => 'json', names: [] };

/** The shape of a `where` that may name no more than that. */
export function whereShapeOf({ names, typeOf }: WhereSubjects): z.ZodType<Where> {
  const byType = Map.groupBy(names, (name) => typeOf(name) ?? 'json');
  const leaves = [...byType].map(([type, own]) =>
    predicateSchema<WhereLeaf>(type, { param: z.enum(own) }),
  );
  return treeSchema(z.union(leaves));
}

const EXPECTED =
  'expected an object with "param" and "op", or with "all", "any" or "not" of such objects';

/** Checks a `where`; undefined when something was wrong, which is reported. */
export function checkWhere(
  input: Json | undefined,
  context: CheckContext,
  subjects: WhereSubjects = ANY_PARAMETER,
): Where | undefined {
  return checkTree(input, context, EXPECTED, (leaf, at) => checkLeaf(leaf, at, subjects));
}

function checkLeaf(
  input: JsonObject,
  { report }: CheckContext,
  subjects: WhereSubjects,
): WhereLeaf | undefined {
  // What is no text is refused as a path, like a param that is missing.
  const param = typeof input['param'] === 'string' ? input['param'] : undefined;
  const type = param === undefined ? 'json' : subjects.typeOf(param);
  if (type === undefined) {
    report.at('param').add(`unknown ${quoted(param ?? '')}; ${expectedOneOf(subjects.names)}`);
    return undefined;
  }
  const called = type === 'json' ? 'a parameter' : `${param}, ${NAMES_OF_TYPES[type]}`;
  return checkPredicate<WhereLeaf>(input, { type, called, members: leafMembers }, report);
}

const NAMES_OF_TYPES: Readonly<Record<Exclude<SubjectType, 'json'>, string>> = {
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  moment: 'a date',
  list: 'a list',
  version: 'a version',
};

/** A `where` by itself, within the default limits; each mistake is an issue in its place. */
export const whereSchema: z.ZodType<Where> = z
  .looseObject({}, { error: EXPECTED })
  .check((payload) => {
    const issues: Issue[] = [];
    const where = checkWhere(payload.value as Json, createContext({ issues }, noFields));
    payload.value = (where ?? {}) as typeof payload.value;
    for (const { path, message } of issues) {
      payload.issues.push({ code: 'custom', path: pointerKeys(path), message, input: undefined });
    }
  }) as z.ZodType as z.ZodType<Where>;

/** Filters look at events, never at fields. */
const noFields = () => undefined;

/** Says whether an event passes a filter; the clock serves operators on dates. */
export type EventTest = (event: EventContent, clock: Clock) => boolean;

/** A filter ready to be asked. */
export interface CompiledWhere {
  readonly passes: EventTest;
  /** When time alone may change the answer for an event; absent: never. */
  readonly changesAt?: (event: EventContent, clock: Clock) => number;
}

/** Compiles a filter with the operands of the condition that it belongs to. */
export function compileWhereWith(
  where: Where,
  operands: Operands,
  subjects: WhereSubjects = ANY_PARAMETER,
): CompiledWhere {
  const changes: EventChange[] = [];
  const passes = compileTree<WhereLeaf, EventContent, Clock>(where, (leaf) => {
    const type = subjects.typeOf(leaf.param) ?? 'json';
    const { test, changesAt } = compileLeaf(leaf, compilePredicate(leaf, type, operands));
    if (changesAt) changes.push(changesAt);
    return test;
  });
  if (changes.length === 0) return { passes };
  // The first leaf to change may change the answer.
  return {
    passes,
    changesAt: (event, clock) => Math.min(...changes.map((changesAt) => changesAt(event, clock))),
  };
}

type EventChange = (event: EventContent, clock: Clock) => number;

function compileLeaf(
  leaf: WhereLeaf,
  predicate: CompiledPredicate,
): { test: EventTest; changesAt: EventChange | undefined } {
  const path = pathOf(leaf.param);
  const { passes, negated } = predicate;
  return {
    test: (event, clock) => someValue(path, event, (value) => passes(value, clock)) !== negated,
    changesAt:
      predicate.changesAt && ((event, clock) => someValueChange(path, event, predicate, clock)),
  };
}

/**
 * Compiles a checked filter once, to test many events: paths, decimals and patterns are parsed here.
 * A filter with `{"$event": path}` takes those values from `trigger`; if one is missing it passes
 * nothing. Throws for a filter that was not checked.
 */
export function compileWhere(where: Where, trigger?: EventContent): EventTest {
  const operands = createOperands(trigger);
  const { passes } = compileWhereWith(where, operands);
  return operands.missing.length > 0 ? () => false : passes;
}

/** A leaf in the one form that all equal leaves share. */
export function canonicalLeaf(leaf: WhereLeaf): Json {
  return { param: pathText(pathOf(leaf.param)), ...canonicalPredicate(leaf) };
}
