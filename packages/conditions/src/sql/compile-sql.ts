import {
  type AnyConditionTypes,
  type BaseCondition,
  type Node,
  typeOf,
} from '../conditions/condition-type.ts';
import type { FieldCatalogue } from '../fields.ts';
import { createOperands } from '../predicates/operands.ts';
import { takeApart } from '../tree.ts';
import { NotInSql, type Sql, type SqlContext } from './sql.ts';

/** What a node is compiled with. */
export interface SqlOptions {
  readonly sql: Sql;
  readonly fields: FieldCatalogue;
  readonly types: AnyConditionTypes;
}

/**
 * A checked node as one boolean expression over a row of contacts; null counts as false. Throws
 * `NotInSql` for what cannot be asked so, and for values from a triggering event: there is none.
 */
export function compileSql(node: Node, { sql, fields, types }: SqlOptions): string {
  const operands = createOperands(undefined);
  const text = write(node, types, { sql, fields, operands });
  if (operands.usesTrigger) throw new NotInSql('There is no event to take a value from.');
  return text;
}

/** What is never null is negated as it stands: the planner makes an anti-join of `not exists`. */
function negated(expression: string): string {
  return expression.startsWith('exists (')
    ? `not ${expression}`
    : `not coalesce(${expression}, false)`;
}

function write(node: Node, types: AnyConditionTypes, context: SqlContext): string {
  const taken = takeApart<BaseCondition>(node);
  if (taken.join === 'leaf') {
    const type = typeOf(taken.leaf, types);
    if (!type.toSql) throw new NotInSql(`Conditions of type ${type.type} cannot be asked here.`);
    return type.toSql(taken.leaf, context);
  }
  const parts = taken.parts.map((part) => write(part, types, context));
  if (taken.join === 'not') return negated(parts[0] as string);
  if (parts.length === 0) return taken.join === 'all' ? 'true' : 'false';
  return `(${parts.join(taken.join === 'all' ? ' and ' : ' or ')})`;
}
