import { z } from 'zod';
import { type CheckContext, createContext } from '../check/context.ts';
import { type Issue, pointerKeys } from '../check/report.ts';
import type { EventContent } from '../facts.ts';
import type { Json, JsonObject } from '../json.ts';
import { pathOf, pathSchema } from '../paths/parse-path.ts';
import { pathText } from '../paths/path.ts';
import { someValue } from '../paths/read-path.ts';
import { canonicalPredicate } from '../predicates/canonical-predicate.ts';
import { checkPredicate } from '../predicates/check-predicate.ts';
import { compilePredicate } from '../predicates/compile-predicate.ts';
import { type Operands, createOperands } from '../predicates/operands.ts';
import { type Predicate, predicateSchema } from '../predicates/predicate.ts';
import type { Clock } from '../time/clock.ts';
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

const EXPECTED =
  'expected an object with "param" and "op", or with "all", "any" or "not" of such objects';

/** Checks a `where`; undefined when something was wrong, which is reported. */
export function checkWhere(input: Json | undefined, context: CheckContext): Where | undefined {
  return checkTree(input, context, EXPECTED, checkLeaf);
}

function checkLeaf(input: JsonObject, { report }: CheckContext): WhereLeaf | undefined {
  const subject = { type: 'json', called: 'a parameter', members: leafMembers } as const;
  return checkPredicate<WhereLeaf>(input, subject, report);
}

/** A `where` by itself, within the default limits; each mistake is an issue in its place. */
export const whereSchema: z.ZodType<Where> = z
  .looseObject({}, { error: EXPECTED })
  .check((payload) => {
    const issues: Issue[] = [];
    const where = checkWhere(payload.value as Json, createContext(issues, noFields));
    payload.value = (where ?? {}) as typeof payload.value;
    for (const { path, message } of issues) {
      payload.issues.push({ code: 'custom', path: pointerKeys(path), message, input: undefined });
    }
  }) as z.ZodType as z.ZodType<Where>;

/** Filters look at events, never at fields. */
const noFields = () => undefined;

/** Says whether an event passes a filter; the clock serves operators on dates. */
export type EventTest = (event: EventContent, clock: Clock) => boolean;

/** Compiles a filter with the operands of the condition that it belongs to. */
export function compileWhereWith(where: Where, operands: Operands): EventTest {
  return compileTree(where, (leaf) => compileLeaf(leaf, operands));
}

function compileLeaf(leaf: WhereLeaf, operands: Operands): EventTest {
  const path = pathOf(leaf.param);
  const { passes, negated } = compilePredicate(leaf, 'json', operands);
  return (event, clock) => someValue(path, event, (value) => passes(value, clock)) !== negated;
}

/**
 * Compiles a checked filter once, to test many events: paths, decimals and patterns are parsed here.
 * A filter with `{"$event": path}` takes those values from `trigger`; if one is missing it passes
 * nothing. Throws for a filter that was not checked.
 */
export function compileWhere(where: Where, trigger?: EventContent): EventTest {
  const operands = createOperands(trigger);
  const passes = compileWhereWith(where, operands);
  return operands.missing.length > 0 ? () => false : passes;
}

/** A leaf in the one form that all equal leaves share. */
export function canonicalLeaf(leaf: WhereLeaf): Json {
  return { param: pathText(pathOf(leaf.param)), ...canonicalPredicate(leaf) };
}
