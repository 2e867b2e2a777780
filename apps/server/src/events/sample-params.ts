import { pathText, type PathStep } from '@perennial/conditions';
import type { Json, JsonObject } from '../inbox/index.ts';

/** Most paths remembered of a type, and how deep they go. */
export const MOST_PATHS = 200;
const DEEPEST = 5;
const LONGEST_PATH = 300;

/** Elements of a list that are looked at. */
const MOST_ELEMENTS = 10;

export const MOST_EXAMPLES = 5;
const LONGEST_EXAMPLE = 100;

/** What was seen at one path. */
export interface PathSample {
  types: Set<string>;
  /** JSON texts, so that equal ones count once. */
  examples: Set<string>;
}

export interface Sampled {
  seen: Set<string>;
  /** Paths of which something new was learned. */
  learned: Set<string>;
}

/** Adds what one event's parameters look like. */
export function sampleParams(params: JsonObject, into: Map<string, PathSample>): Sampled {
  const sampled: Sampled = { seen: new Set(), learned: new Set() };
  visit(params, [], (path, value) => {
    const sample = sampleAt(path, into);
    if (!sample) return;
    sampled.seen.add(path);
    if (learn(sample, value)) sampled.learned.add(path);
  });
  return sampled;
}

function sampleAt(path: string, into: Map<string, PathSample>): PathSample | undefined {
  const known = into.get(path);
  if (known || into.size >= MOST_PATHS || path.length > LONGEST_PATH) return known;
  const sample: PathSample = { types: new Set(), examples: new Set() };
  into.set(path, sample);
  return sample;
}

/** Scalars, and containers where they are empty or too deep to be entered. */
function visit(value: Json, steps: PathStep[], found: (path: string, value: Json) => void): void {
  const inner = steps.length < DEEPEST ? innerOf(value) : [];
  if (inner.length > 0) {
    for (const [step, member] of inner) visit(member, [...steps, step], found);
  } else if (steps.length > 0) {
    found(pathText({ root: 'params', steps, many: false }), value);
  }
}

function innerOf(value: Json): [PathStep, Json][] {
  if (Array.isArray(value)) {
    return value.slice(0, MOST_ELEMENTS).map((element) => [{ kind: 'each' }, element]);
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value)
    .slice(0, MOST_PATHS)
    .map(([key, member]) => [{ kind: 'key', key }, member]);
}

function learn({ types, examples }: PathSample, value: Json): boolean {
  const before = types.size + examples.size;
  types.add(typeOf(value));
  const example = exampleOf(value);
  if (example !== undefined && examples.size < MOST_EXAMPLES) examples.add(example);
  return types.size + examples.size > before;
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function exampleOf(value: Json): string | undefined {
  if (value === null || typeof value === 'object') return undefined;
  const short = typeof value === 'string' ? value.slice(0, LONGEST_EXAMPLE) : value;
  // What was cut may end in half a character.
  return JSON.stringify(typeof short === 'string' ? short.toWellFormed() : short);
}
