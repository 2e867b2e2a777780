import { pathOf } from '../paths/parse-path.ts';
import type { Operands } from '../predicates/operands.ts';
import { predicateSql } from '../predicates/predicate-sql.ts';
import { ANY_PARAMETER, type Where, type WhereLeaf, type WhereSubjects } from '../where/where.ts';
import type { Changes } from './changes.ts';
import { reach } from './json-path.ts';
import type { Sql, SqlFacts, SqlSubject } from './sql.ts';
import { writeTree } from './write-tree.ts';

interface WhereContext {
  readonly sql: Sql;
  readonly operands: Operands;
  readonly facts: SqlFacts;
  readonly subjects?: WhereSubjects | undefined;
  /** Told when time alone may change whether a fact passes. */
  readonly changes?: Changes | undefined;
}

/** Whether a fact passes a filter, as a boolean expression over its row; null counts as false. */
export function whereSql(where: Where, context: WhereContext): string {
  return writeTree(where, (leaf: WhereLeaf) => leafSql(leaf, context));
}

function leafSql(
  leaf: WhereLeaf,
  { sql, operands, facts, subjects = ANY_PARAMETER, changes }: WhereContext,
): string {
  const { expression, from } = reach(sql, facts, pathOf(leaf.param));
  const subject: SqlSubject = { type: 'json', expression };
  return predicateSql(leaf, operands, {
    sql,
    type: subjects.typeOf(leaf.param) ?? 'json',
    someOf: (passes) =>
      from === undefined
        ? passes(subject)
        : `exists (select from ${from} where ${passes(subject)})`,
    changes,
    earliestOf: (bound) =>
      from === undefined ? bound(subject) : `(select min(${bound(subject)}) from ${from})`,
  });
}
