import { Problem } from './problem.ts';
import { sanitizeJson } from './sanitize-json.ts';

/** Far beyond any definition or design, and shallow enough for every recursion over it. */
export const maxJsonDepth = 128;

export interface ParseOptions {
  maxDepth?: number;
  /** Numbers that JavaScript cannot hold stay the text that they are: `1e400`, IDs of 19 digits. */
  exact?: boolean;
}

/**
 * The value of a body, with text that the database can store. Throws `invalid_json` and
 * `json_too_deep`; an empty body is undefined.
 */
export function parseJson(
  body: Buffer | string,
  { maxDepth = maxJsonDepth, exact = false }: ParseOptions = {},
): unknown {
  const text = typeof body === 'string' ? body : body.toString('utf8');
  const bare = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (bare.trim() === '') return undefined;
  requireDepth(bare, maxDepth);
  const value = parse(bare, exact && mayOverflow.test(bare) ? keepDigits : undefined);
  return needsCare.test(bare) ? sanitizeJson(value) : value;
}

// Only escapes bring these into a parsed string: invalid UTF-8 was replaced when it was decoded,
// and a bare NUL is no JSON. Members named __proto__ are dropped in the same walk.
const needsCare = /\\u(?:0000|d[89a-f])|__proto__|\\u005f/i;

// A whole number of 16 digits and more, or an exponent of three.
const mayOverflow = /[:,[\s]-?\d{16}|\d[eE]\+?\d{3}/;

type Reviver = (name: string, value: unknown, context: { source?: string }) => unknown;

const keepDigits: Reviver = (_name, value, { source = '' }) => {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return !Number.isFinite(value) || /^-?\d+$/.test(source) ? source : value;
};

function parse(text: string, reviver?: Reviver): unknown {
  try {
    return JSON.parse(text, reviver as Parameters<typeof JSON.parse>[1]);
  } catch (cause) {
    throw new Problem('invalid_json', { detail: (cause as Error).message, cause });
  }
}

/** Counts brackets outside of strings before anything recursive sees the text. */
function requireDepth(text: string, maxDepth: number): void {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === quote) index = endOfString(text, index);
    else if (code === openBracket || code === openBrace) depth += 1;
    else if (code === closeBracket || code === closeBrace) depth -= 1;
    if (depth > maxDepth) {
      throw new Problem('json_too_deep', { detail: `At most ${maxDepth} levels are read.` });
    }
  }
}

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, position: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(position - 1 - backslashes) === backslash) backslashes += 1;
  return backslashes % 2 === 1;
}
