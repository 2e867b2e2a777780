import { z } from 'zod';
import type { Json } from '../json.ts';
import { type OperatorName, operators } from '../operators/index.ts';
import { type Operator, appliesTo, positiveOf } from '../operators/operator.ts';
import type { Period } from '../periods/index.ts';
import { type ZoneRef, zoneSchema } from '../time/zones.ts';
import type { SubjectType } from '../values/value-types.ts';
import { referenceSchema } from './reference.ts';

/** An operator with what stands beside it: what a leaf says of the value it looks at. */
export interface Predicate {
  readonly op: OperatorName;
  /** What is compared with, or `{"$event": path}`. */
  readonly value?: Json | undefined;
  /** For `in`. */
  readonly period?: Period | undefined;
  /** For operators on dates. */
  readonly zone?: ZoneRef | undefined;
  /** For operators on text. */
  readonly ignore_case?: boolean | undefined;
}

/** The members of a predicate with this operator; `value` is the schema of a written value. */
export function predicateMembers(
  operator: Operator,
  subject: SubjectType,
  value: z.ZodType,
): z.ZodRawShape {
  const positive = positiveOf(operator);
  const looksAtText =
    subject === 'text' || subject === 'version' || subject === 'json' || subject === 'list';
  const looksAtDates = subject === 'moment' || subject === 'json';
  return {
    op: z.literal(operator.op),
    ...(positive.operand === 'value' ? { value } : {}),
    ...(positive.operand === 'period' ? { period: positive.schema(subject) } : {}),
    ...(positive.zoned && looksAtDates ? { zone: zoneSchema.optional() } : {}),
    ...(positive.text !== 'none' && looksAtText ? { ignore_case: z.boolean().optional() } : {}),
  };
}

/** The schema of leaves that look at a subject, one form for each operator that applies. */
export function predicateSchema<Leaf extends Predicate>(
  subject: SubjectType,
  members: z.ZodRawShape,
): z.ZodType<Leaf> {
  const forms = Object.values<Operator>(operators)
    .filter((operator) => appliesTo(operator, subject))
    .map((operator) => {
      const positive = positiveOf(operator);
      const value = z.union([positive.schema(subject), referenceSchema(positive.list)]);
      return z.strictObject({ ...members, ...predicateMembers(operator, subject, value) });
    });
  return z.union(forms) as z.ZodType as z.ZodType<Leaf>;
}
