import type { Path, PathStep } from '../paths/path.ts';
import { jsonElements } from './json-values.ts';
import type { Sql, SqlFacts } from './sql.ts';

/** What a path leads to in SQL: a value, or an element of each row of `from` items. */
interface Reached {
  readonly expression: string;
  /** For a path with `[]`: what unfolds the lists, to be joined to the facts. */
  readonly from: string | undefined;
}

/** Follows a path into the facts of a relation; null where it leads nowhere. */
export function reach(sql: Sql, facts: Pick<SqlFacts, 'begin'>, path: Path): Reached {
  const { expression: start, steps } = facts.begin(path);
  let expression = start;
  const lists: string[] = [];
  for (const step of steps) {
    if (step.kind === 'each') {
      const alias = `list${lists.length + 1}`;
      lists.push(jsonElements(expression, alias));
      expression = `${alias}.element`;
    } else expression = stepInto(sql, expression, step);
  }
  return { expression, from: lists.length > 0 ? lists.join(' cross join lateral ') : undefined };
}

function stepInto(sql: Sql, value: string, step: Exclude<PathStep, { kind: 'each' }>): string {
  if (step.kind === 'key') {
    // Such keys were replaced on input, so that nothing has them; PostgreSQL cannot be asked.
    if (step.key.includes('\0') || !step.key.isWellFormed()) return 'null::jsonb';
    return `(${value} -> ${sql.put(step.key, 'text')})`;
  }
  // Of a value that is no list, the operator gives index 0 as the value itself.
  return `(case when jsonb_typeof(${value}) = 'array' then ${value} -> ${step.index} end)`;
}
