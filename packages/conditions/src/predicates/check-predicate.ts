import { z } from 'zod';
import type { FieldDescription } from '../fields.ts';
import type { Json, JsonObject } from '../json.ts';
import { isBetweenDates } from '../operators/between.ts';
import { OPERATOR_NAMES, type OperatorName, operators } from '../operators/index.ts';
import { type Operator, appliesTo, positiveOf } from '../operators/operator.ts';
import { expectedOneOf } from '../periods/parts.ts';
import { cleanJson } from '../values/text.ts';
import type { SubjectType } from '../values/value-types.ts';
import { type Report, parseWith, quoted } from '../check/report.ts';
import { type Predicate, predicateMembers } from './predicate.ts';
import { isReference, referenceSchema } from './reference.ts';

/** What a leaf looks at: its type, its name in messages, and its own members of the leaf. */
export interface Subject {
  readonly type: SubjectType;
  readonly called: string;
  readonly members: z.ZodRawShape;
}

/** Checks a leaf whose subject is known; gives it with its texts cleaned. */
export function checkPredicate<Leaf extends Predicate>(
  input: JsonObject,
  subject: Subject,
  report: Report,
): Leaf | undefined {
  const operator = checkOperator(input['op'], subject, report.at('op'));
  if (!operator) return undefined;
  const members = predicateMembers(operator, subject.type, valueSchema(operator, subject, input));
  const schema = z.strictObject({ ...subject.members, ...members });
  const leaf = parseWith(schema, input, report) as JsonObject | undefined;
  if (!leaf || !checkModifiers(input, operator, subject.type, report)) return undefined;
  return cleanJson(leaf) as unknown as Leaf;
}

function checkOperator(
  op: Json | undefined,
  subject: Subject,
  report: Report,
): Operator | undefined {
  const operator = typeof op === 'string' ? operatorNamed(op) : undefined;
  if (operator && appliesTo(operator, subject.type)) return operator;
  const applicable = OPERATOR_NAMES.filter((name) => appliesTo(operators[name], subject.type));
  const unknown = typeof op === 'string' && !operator ? `unknown operator ${quoted(op)}; ` : '';
  report.add(`${unknown}${expectedOneOf(applicable)} for ${subject.called}`);
  return undefined;
}

/** The operator with this name, if there is one. */
function operatorNamed(op: string): Operator | undefined {
  return Object.hasOwn(operators, op) ? operators[op as OperatorName] : undefined;
}

/** The schema of what was meant, so that mistakes are told of that alone. */
function valueSchema(operator: Operator, subject: Subject, input: JsonObject): z.ZodType {
  const positive = positiveOf(operator);
  return isReference(input['value'])
    ? referenceSchema(positive.list)
    : positive.schema(subject.type);
}

/** `ignore_case` needs text to compare, `zone` needs dates; the value of a parameter tells. */
function checkModifiers(
  input: JsonObject,
  operator: Operator,
  subject: SubjectType,
  report: Report,
): boolean {
  const { op, value } = input;
  const comparesText = isReference(value) || [value].flat().some((v) => typeof v === 'string');
  if (input['ignore_case'] !== undefined && !comparesText) {
    report.at('ignore_case').add('expected only beside text');
    return false;
  }
  const comparesDates = op !== 'between' || isReference(value) || isBetweenDates(value, subject);
  if (input['zone'] !== undefined && positiveOf(operator).zoned && !comparesDates) {
    report.at('zone').add('expected only beside dates');
    return false;
  }
  return true;
}

/** Gives the texts of a value the form in which the field stores them. */
export function normalizeValue(
  value: Json,
  op: OperatorName,
  normalize: FieldDescription['normalize'],
): Json {
  const extent = positiveOf(operators[op]).text;
  if (!normalize || (extent !== 'whole' && extent !== 'part')) return value;
  if (Array.isArray(value)) return value.map((element) => normalizeValue(element, op, normalize));
  return typeof value === 'string' ? normalize(value, extent) : value;
}
