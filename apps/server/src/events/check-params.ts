import type { ExpectedParam } from '@perennial/contracts';
import type { Json, JsonObject } from '../inbox/index.ts';

/** What is wrong with a parameter of an event, by its name. */
export interface ParamProblem {
  path: string;
  message: string;
}

/** The same without a word of what was sent: what can be counted, and shown to anybody. */
export interface ParamFault {
  path: string;
  reason: 'missing' | 'wrong_type';
  expected: ParamType | null;
  got: ParamType | 'nothing';
}

type ParamType = NonNullable<ExpectedParam['type']>;

/** How parameters differ from those that the type of their event expects. */
export function checkParams(
  expected: readonly ExpectedParam[],
  params: JsonObject,
): ParamProblem[] {
  return findFaults(expected, params).map(problemOf);
}

export function findFaults(expected: readonly ExpectedParam[], params: JsonObject): ParamFault[] {
  return expected.flatMap(({ name, required, type }): ParamFault[] => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    const fault = { path: name, expected: type, got: typeOf(value) };
    if (fault.got === 'nothing') return required ? [{ ...fault, reason: 'missing' }] : [];
    return type === null || isOfType(value!, type) ? [] : [{ ...fault, reason: 'wrong_type' }];
  });
}

export function problemOf({ path, reason, expected }: ParamFault): ParamProblem {
  const message = reason === 'missing' ? 'is required' : `must be ${TYPE_NAMES[expected!]}`;
  return { path, message };
}

const TYPE_NAMES: Record<ParamType, string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

function typeOf(value: Json | undefined): ParamFault['got'] {
  if (value === undefined || value === null) return 'nothing';
  return Array.isArray(value) ? 'array' : (typeof value as ParamType);
}

function isOfType(value: Json, type: ParamType): boolean {
  if (Array.isArray(value)) return type === 'array';
  if (typeof value === type) return true;
  // Old clients send every value as a text.
  if (typeof value !== 'string') return false;
  if (type === 'number') return value.trim() !== '' && Number.isFinite(Number(value));
  return type === 'boolean' && /^(true|false)$/i.test(value);
}
