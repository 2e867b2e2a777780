import { type Json, type JsonObject, isJsonObject } from '../json.ts';
import { numberText } from './number.ts';

/** Reads a value as text: a number is its decimal text, a boolean `true` or `false`. */
export function readText(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  return undefined;
}

/**
 * Unicode simple lower-casing of each code point, without locale or context. JavaScript's own
 * differs for two: it lower-cases Σ by its place in the word, and İ to two code points.
 */
export function lowerCase(text: string): string {
  return text.replaceAll('Σ', 'σ').replaceAll('İ', 'i').toLowerCase();
}

/** Replaces U+0000 and lone surrogates, which PostgreSQL cannot hold, by U+FFFD. */
export function cleanText(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return wellFormed.includes('\0') ? wellFormed.replaceAll('\0', '\uFFFD') : wellFormed;
}

/** `cleanText` in all keys and values of a JSON value; the depth must be bounded by the caller. */
export function cleanJson(value: Json): Json {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanJson);
  return isJsonObject(value) ? cleanObject(value) : value;
}

function cleanObject(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [cleanText(key), cleanJson(value)]),
  );
}
