import type { HttpAnswer } from '@perennial/channels/providers';
import { sanitizeJson } from '../http/index.ts';
import type { Json } from '../inbox/index.ts';

/** What is kept of an answer: `$run.BLOCK.body` and `.headers`. */
export interface Answer {
  headers: Record<string, string>;
  /** Parsed, if it is JSON; else the text. */
  body: Json;
}

/** Bytes of an answer; one that is longer fails the call. */
export const ANSWER_BYTES = 1_000_000;

/** Names that tell something about the answer, and no credentials. */
const KEPT_HEADERS = ['content-type', 'date', 'etag', 'last-modified', 'location', 'retry-after'];
const KEPT_PREFIX = /^x-(?!.*(?:token|auth|secret|key|cookie))/;
const MOST_HEADERS = 30;
const LONGEST_HEADER = 500;
/** PostgreSQL reads deeper ones, and nobody reads a path that long. */
const DEEPEST = 100;

export function readAnswer({ headers, body }: Pick<HttpAnswer, 'headers' | 'body'>): Answer {
  const kept = Object.entries(headers)
    .filter(([name]) => KEPT_HEADERS.includes(name) || KEPT_PREFIX.test(name))
    .slice(0, MOST_HEADERS)
    .map(([name, value]) => [name, value.slice(0, LONGEST_HEADER)]);
  return sanitizeJson({ headers: Object.fromEntries(kept), body: parse(body) }) as Answer;
}

function parse(text: string): Json {
  if (text === '') return null;
  try {
    const value = JSON.parse(text) as Json;
    return depthOf(value) <= DEEPEST ? value : text;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/** Levels, counted without going down by calls: the text may nest a million of them. */
function depthOf(value: Json): number {
  let depth = 0;
  let level: Json[] = [value];
  while (depth <= DEEPEST) {
    level = level.flatMap((item) =>
      item !== null && typeof item === 'object' ? Object.values(item) : [],
    );
    if (level.length === 0) return depth;
    depth += 1;
  }
  return depth;
}
