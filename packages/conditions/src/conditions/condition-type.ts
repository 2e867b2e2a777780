import type { z } from 'zod';
import type { CheckContext } from '../check/context.ts';
import type { Facts, Verdict } from '../facts.ts';
import type { FieldCatalogue } from '../fields.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Operands } from '../predicates/operands.ts';
import type { Write } from '../sentences/write.ts';
import type { SqlContext } from '../sql/sql.ts';
import type { Tree } from '../tree.ts';

/** What every condition has. */
export interface BaseCondition {
  readonly type: string;
}

/** A node of the segment language: a condition, or a boolean tree of them. */
export type Node<C extends BaseCondition = BaseCondition> = Tree<C>;

/** What a condition is compiled with. */
export interface CompileContext {
  readonly fields: FieldCatalogue;
  readonly operands: Operands;
}

/** Collects what must be loaded before a condition can be evaluated. */
export interface Needs {
  readonly now: number;
  /** All zones that a zone of a definition may stand for, by how the definition writes it. */
  zonesOf(zone: string | undefined): readonly string[];
  field(name: string): void;
  /** Events of a type from this instant on (epoch milliseconds; -Infinity for all). */
  events(type: string, from: number): void;
  /** More of the events of a type than their time. */
  contents(type: string): void;
  /** What happened to messages by this action from this instant on. */
  messages(action: string, from: number): void;
  /** Whether a person `opened` or `clicked` the sends of those messages. */
  outcome(action: 'opened' | 'clicked'): void;
  /** The contact's devices. */
  devices(): void;
  /** The contact's runs of this workflow. */
  workflow(id: string): void;
  /** The contact's orders. */
  orders(): void;
  /** Whether, and since when, the contact is in this segment. */
  segment(id: string): void;
  /** Which subscription categories the contact is in. */
  categories(): void;
  /** The contact's addresses on this channel. */
  channel(key: string): void;
  /** The event being handled. */
  trigger(): void;
}

/**
 * One type of condition. Adding a type is writing one of these and naming it in a record of
 * condition types. `F` is what it is evaluated on: the facts of a contact, or more.
 */
export interface ConditionType<C extends BaseCondition = BaseCondition, F extends Facts = Facts> {
  readonly type: C['type'];
  /** The shape of a condition, for documentation; `check` says more of mistakes. */
  readonly schema: z.ZodType<C>;
  /** Checks a condition and gives it with texts cleaned and normalised; reports what is wrong. */
  check(input: JsonObject, context: CheckContext): C | undefined;
  /** Parses all that can be parsed once. Throws for a condition that was not checked. */
  compile(condition: C, context: CompileContext): (facts: F) => Verdict;
  /** A boolean expression over a row of contacts; null counts as false. Absent: cannot be so asked. */
  toSql?(condition: C, context: SqlContext): string;
  /** Tells what it needs to be evaluated. */
  need(condition: C, needs: Needs): void;
  /** The condition in the one form that all equal conditions share. */
  canonical(condition: C): Json;
  /** The condition in words, as of a contact. */
  sentence(condition: C, write: Write): string;
  /** That it is false, in words of its own; absent or undefined where it has none. */
  denial?(condition: C, write: Write): string | undefined;
  /** That one of several is true, or that none is, where that can be said in one. */
  several?(conditions: readonly C[], which: 'any' | 'none', write: Write): string;
  /** English ICU messages of the sentence, by key without the prefix `condition.TYPE.`. */
  readonly messages: Readonly<Record<string, string>>;
}

/** Types of condition by name. */
export type ConditionTypes<F extends Facts = Facts> = Readonly<
  Record<string, ConditionType<BaseCondition, F>>
>;

/** Types of condition whatever they are evaluated on, for what does not evaluate. */
export type AnyConditionTypes = ConditionTypes<never>;

/** The type of a condition; throws when the record lacks it. */
export function typeOf<F extends Facts>(
  condition: BaseCondition,
  types: ConditionTypes<F>,
): ConditionType<BaseCondition, F> {
  const type = Object.hasOwn(types, condition.type) ? types[condition.type] : undefined;
  if (!type) throw new Error(`unknown condition type ${JSON.stringify(condition.type)}`);
  return type;
}
