import { decimalText, readNumber, sumDecimals, type Json } from '@perennial/conditions';
import type { FieldOperation } from './block.ts';

/** What a field becomes, or why it cannot. */
export type NewValue =
  { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly reason: string };

/** The field's new value from what it holds now; undefined and null are no value. */
export function newValue(
  operation: FieldOperation,
  current: Json | undefined,
  operand: Json | undefined,
): NewValue {
  return operations[operation](current ?? undefined, operand ?? undefined);
}

type Operate = (current: Json | undefined, operand: Json | undefined) => NewValue;

const operations: { readonly [Operation in FieldOperation]: Operate } = {
  set: (_current, operand) => value(operand ?? null),
  clear: () => value(null),
  increment: (current, operand) => add(current, operand, 1),
  decrement: (current, operand) => add(current, operand, -1),
  append,
};

function add(current: Json | undefined, operand: Json | undefined, sign: 1 | -1): NewValue {
  const from = readNumber(current ?? 0);
  if (from === undefined) return refusal(current, 'holds', 'a number');
  const by = readNumber(operand);
  if (by === undefined) return refusal(operand, 'is changed by', 'a number');
  const signed = sign === 1 ? by : sumDecimals([0]).minus(by);
  return value(Number(decimalText(sumDecimals([from, signed]))));
}

function append(current: Json | undefined, operand: Json | undefined): NewValue {
  if (current !== undefined && !Array.isArray(current)) return refusal(current, 'holds', 'a list');
  if (operand === undefined) return refusal(operand, 'is given', 'a value');
  const held = (current ?? []) as Json[];
  const added = (Array.isArray(operand) ? operand : [operand]) as Json[];
  const fresh = added.filter((item) => !held.some((known) => sameValue(known, item)));
  return value([...held, ...fresh]);
}

function sameValue(a: Json, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function value(result: Json): NewValue {
  return { ok: true, value: result };
}

function refusal(found: Json | undefined, verb: string, wanted: string): NewValue {
  const text = found === undefined ? 'nothing' : JSON.stringify(found).slice(0, 100);
  return { ok: false, reason: `${verb} ${text}, expected ${wanted}` };
}
