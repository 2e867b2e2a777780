import { type Json, isJsonObject } from './json.ts';

/** JSON text with the keys of all objects in the order of their code units. */
export function stableJson(value: Json): string {
  if (Array.isArray(value)) return `[${(value as Json[]).map(stableJson).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${stableJson(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}
