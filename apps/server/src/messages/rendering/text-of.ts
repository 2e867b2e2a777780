import type { Json, JsonObject } from '../../inbox/index.ts';

/** A member of a content that should be text; empty if it is not there. */
export function textOf(content: JsonObject, name: string): string {
  const value: Json | undefined = content[name];
  return typeof value === 'string' ? value : '';
}
