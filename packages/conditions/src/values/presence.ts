import type { Json } from '../json.ts';

/** False for what the language calls *no value*: absent, null, "", []. 0, false, " ", {} are values. */
export function hasValue(value: Json | undefined): value is Json {
  if (value === undefined || value === null || value === '') return false;
  return !(Array.isArray(value) && value.length === 0);
}
