import {
  type AnyConditionTypes,
  type BaseCondition,
  type Node,
  typeOf,
} from '../conditions/condition-type.ts';
import { segmentConditions } from '../conditions/index.ts';
import { type Definition, isDefinition, nodesOf } from '../definition.ts';
import type { EventContent } from '../facts.ts';
import type { FieldCatalogue } from '../fields.ts';
import { createOperands } from '../predicates/operands.ts';
import { leavesOf } from '../tree.ts';
import { createChanges, earliest, NEVER } from './changes.ts';
import { createJoins } from './joins.ts';
import { NotInSql, type Sql, type SqlContext } from './sql.ts';
import { negated, writeTree } from './write-tree.ts';

/** What a definition is compiled with. */
export interface SetOptions {
  readonly sql: Sql;
  readonly fields: FieldCatalogue;
  /** Types of condition; those of segments unless given. */
  readonly types?: AnyConditionTypes;
  /** The event that `{"$event": path}` leads into. */
  readonly trigger?: EventContent | undefined;
  /** Whether to tell when time alone may change the answer. */
  readonly withChanges?: boolean;
}

/** A definition as SQL over `contacts`, to be put together to a statement. */
export interface SetSql {
  /** What stands behind `from contacts`; may be empty. */
  readonly joins: string;
  /** A boolean expression; null counts as false. */
  readonly condition: string;
  /** A timestamptz: until then time alone does not change the answer; null is never. */
  readonly changesAt: string;
  /** `$event` paths that the event has no value for: any makes the condition false. */
  readonly missing: readonly string[];
}

/**
 * A checked definition or node for all contacts at once. What is measured (events, messages,
 * orders) is joined as relations grouped by contact, never asked contact by contact, so that the
 * work is shared by processes and, on a cluster, by machines. Throws `NotInSql` for what cannot be
 * asked so, and for `$event` without an event.
 */
export function compileSet(rule: Definition | Node, options: SetOptions): SetSql {
  const { sql, fields, types = segmentConditions, trigger, withChanges } = options;
  const missing = missingValues(rule, options);
  if (missing.length > 0) return { joins: '', condition: 'false', changesAt: NEVER, missing };
  const operands = createOperands(trigger);
  const joins = createJoins();
  const changes = withChanges ? createChanges() : undefined;
  const context = { sql, fields, operands, joins, changes };
  const condition = writeRule(rule, types, context);
  const changesAt = earliest(changes?.expressions ?? []);
  return { joins: joins.text, condition, changesAt, missing };
}

/** What the triggering event lacks. Asked first: a parameter that no text names has no type. */
function missingValues(
  rule: Definition | Node,
  { fields, types = segmentConditions, trigger }: SetOptions,
): readonly string[] {
  const operands = createOperands(trigger);
  for (const node of nodesOf(rule)) {
    for (const condition of leavesOf<BaseCondition>(node)) {
      typeOf(condition, types).compile(condition, { fields, operands });
    }
  }
  if (operands.usesTrigger && !trigger) {
    throw new NotInSql('There is no event to take a value from.');
  }
  return operands.missing;
}

function writeRule(rule: Definition | Node, types: AnyConditionTypes, context: SqlContext): string {
  if (!isDefinition(rule)) return writeNode(rule, types, context);
  const include = writeNode(rule.include, types, context);
  if (!rule.exclude) return include;
  return `(${include} and ${negated(writeNode(rule.exclude, types, context))})`;
}

/** One boolean expression over a row of contacts and what is joined to it; null counts as false. */
export function writeNode(node: Node, types: AnyConditionTypes, context: SqlContext): string {
  return writeTree(node, (condition: BaseCondition) => {
    const type = typeOf(condition, types);
    if (type.toSql) return type.toSql(condition, context);
    throw new NotInSql(`Conditions of type ${type.type} cannot be asked here.`);
  });
}
