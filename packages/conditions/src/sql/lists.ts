import { lowerCase } from '../values/text.ts';
import type { Scalar } from '../values/scalar.ts';
import { type Sql, type SqlSubject, subjectOf } from './sql.ts';
import { equalsAnyText, foldedFor } from './texts.ts';

interface Wanted {
  readonly scalars: readonly Scalar[];
  readonly ignoreCase: boolean;
}

/** Some element equals one of the texts. */
export function hasAnySql(sql: Sql, subject: SqlSubject, wanted: Wanted): string {
  const { expression } = subjectOf(subject, 'list');
  const texts = textsOf(wanted);
  if (!wanted.ignoreCase) return `${expression} ?| ${sql.put(texts, 'text[]')}`;
  const element = foldedFor(sql, 'element', texts);
  return `exists (select from ${elements(expression)} where ${equalsAnyText(sql, element, texts)})`;
}

/** Each of the texts equals some element. */
export function hasAllSql(sql: Sql, subject: SqlSubject, wanted: Wanted): string {
  const { expression } = subjectOf(subject, 'list');
  const texts = textsOf(wanted);
  if (!wanted.ignoreCase) return `${expression} ?& ${sql.put(texts, 'text[]')}`;
  const element = foldedFor(sql, 'element', texts);
  return `(select count(distinct ${element}) from ${elements(expression)}
            where ${equalsAnyText(sql, element, texts)}) = ${sql.put(texts.length, 'int')}`;
}

function textsOf({ scalars, ignoreCase }: Wanted): string[] {
  const texts = scalars.flatMap((scalar) => (scalar.type === 'text' ? [scalar.text] : []));
  return [...new Set(ignoreCase ? texts.map(lowerCase) : texts)];
}

function elements(expression: string): string {
  return `jsonb_array_elements_text(${expression}) as item (element)`;
}
