import type { ExpectedParam } from '@perennial/contracts';
import type { Json, JsonObject } from '../inbox/index.ts';

/** What is wrong with a parameter of an event, by its name. */
export interface ParamProblem {
  path: string;
  message: string;
}

/** How parameters differ from those that the type of their event expects. */
export function checkParams(
  expected: readonly ExpectedParam[],
  params: JsonObject,
): ParamProblem[] {
  return expected.flatMap(({ name, required, type }) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined || value === null) {
      return required ? [{ path: name, message: 'is required' }] : [];
    }
    return type === null || isOfType(value, type)
      ? []
      : [{ path: name, message: `must be ${TYPE_NAMES[type]}` }];
  });
}

type ParamType = NonNullable<ExpectedParam['type']>;

const TYPE_NAMES: Record<ParamType, string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

function isOfType(value: Json, type: ParamType): boolean {
  if (Array.isArray(value)) return type === 'array';
  if (typeof value === type) return true;
  // Old clients send every value as a text.
  if (typeof value !== 'string') return false;
  if (type === 'number') return value.trim() !== '' && Number.isFinite(Number(value));
  return type === 'boolean' && /^(true|false)$/i.test(value);
}
