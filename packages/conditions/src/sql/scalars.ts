import { decimalText } from '../values/number.ts';
import type { Scalar } from '../values/scalar.ts';
import { jsonBoolean, jsonNumber, jsonText } from './json-values.ts';
import { type Sql, type SqlSubject, subjectOf } from './sql.ts';
import { comparable, equalsAnyText } from './texts.ts';

interface Wanted {
  readonly scalars: readonly Scalar[];
  readonly ignoreCase: boolean;
}

/** The subject as a number; null for no value. */
export function numberOf(subject: SqlSubject): string {
  return subject.type === 'json'
    ? jsonNumber(subject.expression)
    : subjectOf(subject, 'number').expression;
}

/** The value equals one of the scalars; those of a field are of the field's own type. */
export function equalsAnySql(sql: Sql, subject: SqlSubject, wanted: Wanted): string {
  const { type, expression } = subject;
  if (type === 'json') return equalsAnyJson(sql, expression, wanted);
  if (type === 'number') return equalsAnyNumber(sql, expression, numbersOf(wanted));
  if (type === 'boolean') {
    return `${expression} = any(${sql.put(booleansOf(wanted), 'boolean[]')})`;
  }
  return equalsSome(sql, expression, wanted);
}

/** A value of a parameter is read as each type that is asked for. */
function equalsAnyJson(sql: Sql, value: string, wanted: Wanted): string {
  const [numbers, booleans] = [numbersOf(wanted), booleansOf(wanted)];
  const tests = [
    ...(textsOf(wanted).length > 0 ? [equalsSome(sql, jsonText(value), wanted)] : []),
    ...(numbers.length > 0 ? [equalsAnyNumber(sql, jsonNumber(value), numbers)] : []),
    ...(booleans.length > 0
      ? [`${jsonBoolean(value)} = any(${sql.put(booleans, 'boolean[]')})`]
      : []),
  ];
  return tests.length === 1 ? String(tests[0]) : `(${tests.join(' or ')})`;
}

function equalsSome(sql: Sql, expression: string, wanted: Wanted): string {
  const compared = comparable(sql, expression, {
    texts: textsOf(wanted),
    ignoreCase: wanted.ignoreCase,
  });
  return equalsAnyText(sql, compared.expression, compared.texts);
}

function equalsAnyNumber(sql: Sql, expression: string, numbers: readonly string[]): string {
  const [only] = numbers;
  return only !== undefined && numbers.length === 1
    ? `${expression} = ${sql.put(only, 'numeric')}`
    : `${expression} = any(${sql.put(numbers, 'numeric[]')})`;
}

/** The texts among the scalars. */
export function textsOf({ scalars }: Pick<Wanted, 'scalars'>): string[] {
  return scalars.flatMap((scalar) => (scalar.type === 'text' ? [scalar.text] : []));
}

/** The numbers among the scalars, as decimal text. */
export function numbersOf({ scalars }: Pick<Wanted, 'scalars'>): string[] {
  return scalars.flatMap((scalar) =>
    scalar.type === 'number' ? [decimalText(scalar.number)] : [],
  );
}

/** The booleans among the scalars. */
export function booleansOf({ scalars }: Pick<Wanted, 'scalars'>): boolean[] {
  return scalars.flatMap((scalar) => (scalar.type === 'boolean' ? [scalar.boolean] : []));
}
