import { lowerCase } from '../values/text.ts';
import type { Scalar } from '../values/scalar.ts';
import { jsonBoolean, jsonElements, jsonNumber, jsonText } from './json-values.ts';
import { booleansOf, equalsAnySql, numbersOf, textsOf } from './scalars.ts';
import { type Sql, type SqlSubject, subjectOf } from './sql.ts';
import { equalsAnyText, foldedFor } from './texts.ts';

interface Wanted {
  readonly scalars: readonly Scalar[];
  readonly ignoreCase: boolean;
}

/** Some element equals one of the values. */
export function hasAnySql(sql: Sql, subject: SqlSubject, wanted: Wanted): string {
  if (subject.type === 'json') {
    const element = { type: 'json', expression: 'item.element' } as const;
    const list = jsonElements(subject.expression, 'item');
    return `exists (select from ${list} where ${equalsAnySql(sql, element, wanted)})`;
  }
  const { expression } = subjectOf(subject, 'list');
  const texts = distinctTexts(wanted);
  if (!wanted.ignoreCase) return `${expression} ?| ${sql.put(texts, 'text[]')}`;
  const element = foldedFor(sql, 'element', texts);
  return `exists (select from ${elements(expression)} where ${equalsAnyText(sql, element, texts)})`;
}

/** Each of the values equals some element. */
export function hasAllSql(sql: Sql, subject: SqlSubject, wanted: Wanted): string {
  if (subject.type === 'json') return hasAllJson(sql, subject.expression, wanted);
  const { expression } = subjectOf(subject, 'list');
  const texts = distinctTexts(wanted);
  if (!wanted.ignoreCase) return `${expression} ?& ${sql.put(texts, 'text[]')}`;
  const element = foldedFor(sql, 'element', texts);
  return `(select count(distinct ${element}) from ${elements(expression)}
            where ${equalsAnyText(sql, element, texts)}) = ${sql.put(texts.length, 'int')}`;
}

/** The values that are wanted, type by type: none may be missing among the elements. */
function hasAllJson(sql: Sql, value: string, wanted: Wanted): string {
  const texts = distinctTexts(wanted);
  const [numbers, booleans] = [numbersOf(wanted), booleansOf(wanted)];
  const text = jsonText('item.element');
  const ofType: string[] = [
    ...(texts.length > 0
      ? [
          noneMissing(
            value,
            sql.put(texts, 'text[]'),
            wanted.ignoreCase ? foldedFor(sql, text, texts) : text,
          ),
        ]
      : []),
    ...(numbers.length > 0
      ? [noneMissing(value, sql.put(numbers, 'numeric[]'), jsonNumber('item.element'))]
      : []),
    ...(booleans.length > 0
      ? [noneMissing(value, sql.put(booleans, 'boolean[]'), jsonBoolean('item.element'))]
      : []),
  ];
  return `(${ofType.join(' and ')})`;
}

function noneMissing(value: string, wanted: string, element: string): string {
  return `not exists (select from unnest(${wanted}) as wanted (value)
            where not exists (select from ${jsonElements(value, 'item')} where ${element} = wanted.value))`;
}

function distinctTexts(wanted: Wanted): string[] {
  const texts = textsOf(wanted);
  return [...new Set(wanted.ignoreCase ? texts.map(lowerCase) : texts)];
}

function elements(expression: string): string {
  return `jsonb_array_elements_text(${expression}) as item (element)`;
}
