import { z } from 'zod';
import type { Json } from '../json.ts';
import { readBoolean } from './boolean.ts';
import { type Decimal, compareDecimals, readNumber } from './number.ts';
import { lowerCase, readText } from './text.ts';
import type { SubjectType } from './value-types.ts';

/** A value to compare with, read by its type. */
export type Scalar =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'number'; readonly number: Decimal }
  | { readonly type: 'boolean'; readonly boolean: boolean };

/** A text that is not empty; `is_empty` asks for an empty one. */
export const textSchema = z
  .string({ error: 'expected a text' })
  .min(1, { error: 'expected a text that is not empty; use is_empty to ask for no value' });

/** A JSON number. */
export const numberSchema = z.number({ error: 'expected a number' });

const booleanSchema = z.boolean({ error: 'expected true or false' });

const anyScalarSchema = z.union([textSchema, numberSchema, booleanSchema], {
  error: 'expected a text that is not empty, a number, true or false',
});

/** The JSON that a scalar of the subject may be written as. */
export function scalarSchema(subject: SubjectType): z.ZodType<string | number | boolean> {
  if (subject === 'text' || subject === 'version' || subject === 'list') return textSchema;
  if (subject === 'number') return numberSchema;
  return subject === 'boolean' ? booleanSchema : anyScalarSchema;
}

/** Reads a scalar in the type of the subject; for parameters in its own JSON type. */
export function readScalar(value: Json, subject: SubjectType): Scalar | undefined {
  if (subject === 'json' || subject === 'list') return readOwnType(value);
  if (subject === 'text' || subject === 'version') return textScalar(readText(value));
  if (subject === 'number') return numberScalar(readNumber(value));
  return subject === 'boolean' ? booleanScalar(readBoolean(value)) : undefined;
}

function readOwnType(value: Json): Scalar | undefined {
  if (typeof value === 'string') return textScalar(readText(value));
  if (typeof value === 'number') return numberScalar(readNumber(value));
  return typeof value === 'boolean' ? booleanScalar(value) : undefined;
}

function textScalar(text: string | undefined): Scalar | undefined {
  return text === undefined ? undefined : { type: 'text', text };
}

function numberScalar(number: Decimal | undefined): Scalar | undefined {
  return number === undefined ? undefined : { type: 'number', number };
}

function booleanScalar(boolean: boolean | undefined): Scalar | undefined {
  return boolean === undefined ? undefined : { type: 'boolean', boolean };
}

/** Says whether a value equals one of the scalars, each compared by its own type. */
export function equalsAny(
  scalars: readonly Scalar[],
  ignoreCase: boolean,
): (value: Json | undefined) => boolean {
  const tests = [textTest(scalars, ignoreCase), numberTest(scalars), booleanTest(scalars)].filter(
    (test) => test !== undefined,
  );
  const [only] = tests;
  return only && tests.length === 1 ? only : (value) => tests.some((test) => test(value));
}

type Test = (value: Json | undefined) => boolean;

function textTest(scalars: readonly Scalar[], ignoreCase: boolean): Test | undefined {
  const fold = ignoreCase ? lowerCase : (text: string) => text;
  const texts = new Set(scalars.flatMap((s) => (s.type === 'text' ? [fold(s.text)] : [])));
  if (texts.size === 0) return undefined;
  return (value) => {
    const text = readText(value);
    return text !== undefined && texts.has(fold(text));
  };
}

function numberTest(scalars: readonly Scalar[]): Test | undefined {
  const numbers = scalars.flatMap((s) => (s.type === 'number' ? [s.number] : []));
  if (numbers.length === 0) return undefined;
  const doubles = new Set(numbers.filter((number) => typeof number === 'number'));
  const allDoubles = doubles.size === new Set(numbers).size;
  return (value) => {
    const number = readNumber(value);
    if (number === undefined) return false;
    if (typeof number === 'number' && allDoubles) return doubles.has(number);
    return numbers.some((wanted) => compareDecimals(number, wanted) === 0);
  };
}

function booleanTest(scalars: readonly Scalar[]): Test | undefined {
  const booleans = new Set(scalars.flatMap((s) => (s.type === 'boolean' ? [s.boolean] : [])));
  if (booleans.size === 0) return undefined;
  return (value) => {
    const boolean = readBoolean(value);
    return boolean !== undefined && booleans.has(boolean);
  };
}
