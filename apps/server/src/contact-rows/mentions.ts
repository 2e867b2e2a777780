import type { Json } from '../inbox/index.ts';

/** Values that are found by chance in any text say nothing about a person. */
const SHORTEST = 5;

/** Texts that name a person: addresses wherever they stand, other identifiers as whole values. */
export interface Names {
  /** To narrow down by the database: JSON texts that hold none of these name nobody. */
  pieces: string[];
  /** Whether a JSON value names the person. */
  areIn(value: Json): boolean;
}

export function namesOf(values: readonly string[]): Names {
  const known = [...new Set(values)].filter((value) => value.length >= SHORTEST);
  const exact = new Set(known);
  const addresses = known.filter((value) => /@|^\+\d/.test(value));
  const areIn = (value: Json): boolean => {
    if (typeof value === 'string')
      return exact.has(value) || addresses.some((address) => value.includes(address));
    if (typeof value !== 'object' || value === null) return false;
    if (Array.isArray(value)) return value.some(areIn);
    return Object.entries(value).some(([key, member]) => exact.has(key) || areIn(member));
  };
  return { pieces: known.map((value) => JSON.stringify(value).slice(1, -1)), areIn };
}
