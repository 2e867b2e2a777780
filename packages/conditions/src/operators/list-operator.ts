import { z } from 'zod';
import type { Json } from '../json.ts';
import { type Scalar, readScalar, scalarSchema } from '../values/scalar.ts';
import type { SubjectType } from '../values/value-types.ts';

/** The most values a list in a definition may hold. */
const LONGEST_LIST = 10_000;

const EXPECTED_LIST = `expected a list of 1 to ${LONGEST_LIST} values`;

/** A list of values, each of a type that the subject takes. */
export function listSchema(subject: SubjectType): z.ZodType<(string | number | boolean)[]> {
  return z
    .array(scalarSchema(subject), { error: EXPECTED_LIST })
    .min(1, { error: EXPECTED_LIST })
    .max(LONGEST_LIST, { error: EXPECTED_LIST });
}

/**
 * Reads a list; a single value counts as a list of one. Elements without a value are left out, and
 * a list without any other element, or that is too long, is no value.
 */
export function readList(value: Json, subject: SubjectType): readonly Scalar[] | undefined {
  const elements = Array.isArray(value) ? (value as Json[]) : [value];
  const scalars = elements.flatMap((element) => readScalar(element, subject) ?? []);
  return scalars.length > 0 && scalars.length <= LONGEST_LIST ? scalars : undefined;
}
