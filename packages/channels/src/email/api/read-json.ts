import type { HttpAnswer } from '../../http/http-port.ts';

export type JsonMembers = Record<string, unknown>;

/** The answer's JSON object; undefined for anything else, such as a page, half of it, or nothing. */
export function readMembers(answer: HttpAnswer): JsonMembers | undefined {
  return membersOf(readJson(answer));
}

export function readJson({ body, cut }: HttpAnswer): unknown {
  // What it says instead of JSON is shown as it stands.
  return cut ? undefined : parseJsonText(body);
}

export function textMember(members: JsonMembers | undefined, name: string): string | undefined {
  const value = members?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const SHOWN = 500;

/** What the answer says, for people: its status and the vendor's words. */
export function wordsOf({ status, body }: HttpAnswer, words?: string): string {
  const said = (words ?? body).replace(/\s+/g, ' ').trim().slice(0, SHOWN);
  return said ? `${status}: ${said}` : `HTTP status ${status}.`;
}

/** The members of a JSON object; undefined for any other value. */
export function membersOf(value: unknown): JsonMembers | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonMembers)
    : undefined;
}

/** The object that is a member of another one. */
export function memberOf(members: JsonMembers | undefined, name: string): JsonMembers | undefined {
  return membersOf(members?.[name]);
}

/** Undefined for what is no JSON. */
export function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
