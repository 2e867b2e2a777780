import { plainText } from './plain-text.ts';
import {
  appliesTo,
  isJsonObject,
  OPERATOR_NAMES,
  operators,
  positiveOf,
  type Json,
  type JsonObject,
  type OperatorName,
  type Reference,
} from '@perennial/conditions';
import type { Subject, ValueKind } from './subject.ts';

/** The operators of a kind of value, in the order in which they are offered. */
export function operatorsOf(kind: ValueKind): OperatorName[] {
  return OPERATOR_NAMES.filter((name) => appliesTo(operators[name], kind));
}

/** The operator that a new comparison starts with. */
export function firstOperator({ kind, choices }: Pick<Subject, 'kind' | 'choices'>): OperatorName {
  if (kind === 'list') return 'has_any';
  if (kind === 'moment') return 'in';
  return choices && kind === 'text' ? 'one_of' : operatorsOf(kind)[0]!;
}

/** How the value of an operator is given. */
export type Input = 'none' | 'one' | 'two' | 'many' | 'period' | 'days';

export function inputOf(op: OperatorName): Input {
  const { operand, list } = positiveOf(operators[op]);
  if (operand !== 'value') return operand;
  if (op === 'anniversary') return 'days';
  if (list) return 'many';
  return op === 'between' ? 'two' : 'one';
}

/** True for an operator of the language; a definition that was typed may hold anything. */
export function isOperator(op: Json | undefined): op is OperatorName {
  return typeof op === 'string' && Object.hasOwn(operators, op);
}

/** The kind of values that a comparison is about. */
export function kindOf(subject: Subject, predicate: JsonObject): ValueKind {
  if (!subject.anyKind) return subject.kind;
  const { op, value } = predicate;
  if (!isOperator(op)) return subject.kind;
  const [sample] = [value].flat() as Json[];
  // Parameters are never compared as versions: nobody says that they are.
  const types = positiveOf(operators[op]).types.filter((type) => type !== 'version');
  const [only] = types;
  if (only && types.length === 1) return only;
  if (op === 'between') return typeof sample === 'string' ? 'moment' : 'number';
  if (typeof sample === 'number') return 'number';
  if (typeof sample === 'boolean') return 'boolean';
  if (typeof sample === 'string' && types.includes('text')) return 'text';
  return types.includes(subject.kind as never) ? subject.kind : 'text';
}

/** A new comparison with a subject, its value still to be given. */
export function startPredicate(subject: Subject): JsonObject {
  const op = firstOperator(subject);
  return { op, ...startOperand(op, subject.kind) };
}

/** The same comparison by another operator; what was given is kept where it still fits. */
export function withOperator(predicate: JsonObject, op: OperatorName, kind: ValueKind): JsonObject {
  const { op: before, value, period, zone, ignore_case: ignoresCase, ...rest } = predicate;
  const positive = positiveOf(operators[op]);
  const input = inputOf(op);
  const looksAtText = positive.text !== 'none' && (kind === 'text' || kind === 'list');
  const kept =
    isOperator(before) && inputOf(before) === 'days' ? undefined : valueFor(input, value);
  const fits = input === 'period' ? period : kept;
  const start = startOperand(op, kind);
  const operand = input === 'period' ? { period: fits } : { value: fits };
  return {
    ...rest,
    op,
    ...(fits === undefined ? start : (operand as JsonObject)),
    ...(positive.zoned && kind === 'moment' ? { zone: zone ?? 'workspace' } : {}),
    ...(looksAtText && ignoresCase !== undefined ? { ignore_case: ignoresCase } : {}),
  };
}

function startOperand(op: OperatorName, kind: ValueKind): JsonObject {
  const zone: JsonObject = kind === 'moment' ? { zone: 'workspace' } : {};
  switch (inputOf(op)) {
    case 'period':
      return { period: { kind: 'last', n: 30, unit: 'day' }, ...zone };
    case 'days':
      return { value: { from: 0, to: 0 }, ...zone };
    case 'one':
      return kind === 'boolean' ? { value: true } : zone;
    case 'two':
      return zone;
    case 'many':
    case 'none':
      return {};
  }
}

/** What was given, in the form that another way of giving needs. */
function valueFor(input: Input, value: Json | undefined): Json | undefined {
  if (value === undefined || isReference(value)) return input === 'none' ? undefined : value;
  const values = (Array.isArray(value) ? value : [value]) as readonly Json[];
  if (values.some((each) => isJsonObject(each))) return undefined;
  if (input === 'many') return values;
  if (input === 'one') return values[0];
  return input === 'two' ? [values[0] ?? null, values[1] ?? null] : undefined;
}

/** The same comparison of values of another kind. */
export function withKind(predicate: JsonObject, kind: ValueKind): JsonObject {
  const { op } = predicate;
  const next = isOperator(op) && operatorsOf(kind).includes(op) ? op : firstOperator({ kind });
  const { value, zone: _, ...rest } = withOperator(predicate, next, kind);
  const input = inputOf(next);
  const read = value === undefined ? undefined : readAs(value, kind);
  const missing = read === undefined && input !== 'none';
  return missing
    ? { ...rest, ...startOperand(next, kind) }
    : { ...rest, ...(read === undefined ? {} : { value: read }) };
}

function readAs(value: Json, kind: ValueKind): Json | undefined {
  if (isReference(value)) return value;
  if (Array.isArray(value)) {
    const read = (value as Json[]).flatMap((each) => readAs(each, kind) ?? []);
    return read.length > 0 ? read : undefined;
  }
  if (kind === 'number') return readNumber(plainText(value));
  if (kind === 'boolean') return value === true || value === 'true';
  if (kind === 'moment') return /^\d{4}-\d\d-\d\d/.test(plainText(value)) ? value : undefined;
  return typeof value === 'object' ? undefined : plainText(value);
}

/** The number that was typed; undefined while it is none. */
export function readNumber(text: string): number | undefined {
  const number = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(number) ? number : undefined;
}

/** A value that is taken from the event that starts a workflow. */
export function isReference(value: Json | undefined): value is JsonObject & Reference {
  return isJsonObject(value) && Object.hasOwn(value, '$event');
}

/** The texts of a list as they were typed, each in the JSON type it had before. */
export function listFrom(
  texts: readonly string[],
  before: Json | undefined,
  kind: ValueKind,
): Json[] {
  const had = (Array.isArray(before) ? before : []) as readonly Json[];
  return texts.map((text) => {
    const same = had.find((each) => plainText(each) === text);
    return same ?? (kind === 'number' ? (readNumber(text) ?? text) : text);
  });
}
