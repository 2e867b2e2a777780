import { upperFormsOf } from '../patterns/case-folding.ts';
import { lowerCase } from '../values/text.ts';
import { jsonText } from './json-values.ts';
import { type Sql, type SqlSubject, subjectOf } from './sql.ts';

/** The subject as text; null for no value. */
export function textOf(subject: SqlSubject): string {
  return subject.type === 'json'
    ? jsonText(subject.expression)
    : subjectOf(subject, 'text').expression;
}

/**
 * The expression with those characters lower-cased that the lower-case texts hold; others cannot
 * make it equal to any of them. The database's own `lower` depends on its version and locale.
 */
export function foldedFor(sql: Sql, expression: string, texts: readonly string[]): string {
  const [uppers, lowers] = [[] as string[], [] as string[]];
  for (const character of new Set(texts.flatMap((text) => Array.from(text)))) {
    for (const upper of upperFormsOf(character.codePointAt(0) as number)) {
      uppers.push(String.fromCodePoint(upper));
      lowers.push(character);
    }
  }
  if (uppers.length === 0) return expression;
  return `translate(${expression}, ${sql.put(uppers.join(''), 'text')}, ${sql.put(lowers.join(''), 'text')})`;
}

/** The expression and the texts as they are compared. */
export function comparable(
  sql: Sql,
  expression: string,
  { texts, ignoreCase }: { texts: readonly string[]; ignoreCase: boolean },
): { expression: string; texts: string[] } {
  if (!ignoreCase) return { expression, texts: [...texts] };
  const lowered = texts.map(lowerCase);
  return { expression: foldedFor(sql, expression, lowered), texts: lowered };
}

/** Equal to one of the texts. */
export function equalsAnyText(sql: Sql, expression: string, texts: readonly string[]): string {
  const [only] = texts;
  return only !== undefined && texts.length === 1
    ? `${expression} = ${sql.put(only, 'text')}`
    : `${expression} = any(${sql.put(texts, 'text[]')})`;
}

/** The first text, by code points, that comes after all that begin with this one, if any. */
export function afterBeginning(text: string): string | undefined {
  const points = Array.from(text, (character) => character.codePointAt(0) as number);
  while (points.length > 0) {
    const last = points.pop() as number;
    if (last === 0x10ffff) continue;
    // Surrogates are no characters.
    return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
  }
  return undefined;
}
