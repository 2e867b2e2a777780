import type { Json } from '../json.ts';

/** Reads a boolean, or the strings `"true"` and `"false"`. */
export function readBoolean(value: Json | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}
