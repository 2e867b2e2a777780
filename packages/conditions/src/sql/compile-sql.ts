import type { AnyConditionTypes, Node } from '../conditions/condition-type.ts';
import type { FieldCatalogue } from '../fields.ts';
import { createOperands } from '../predicates/operands.ts';
import { writeNode } from './compile-set.ts';
import { NotInSql, type Sql } from './sql.ts';

/** What a node is compiled with. */
export interface SqlOptions {
  readonly sql: Sql;
  readonly fields: FieldCatalogue;
  readonly types: AnyConditionTypes;
}

/**
 * A checked node as one boolean expression over a row of contacts; null counts as false. Throws
 * `NotInSql` for what needs more than the row, and for values from a triggering event: there is
 * none.
 */
export function compileSql(node: Node, { sql, fields, types }: SqlOptions): string {
  const operands = createOperands(undefined);
  const text = writeNode(node, types, { sql, fields, operands });
  if (operands.usesTrigger) throw new NotInSql('There is no event to take a value from.');
  return text;
}
