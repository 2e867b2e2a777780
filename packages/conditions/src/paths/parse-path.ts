import { z } from 'zod';
import type { Path, PathRoot, PathStep } from './path.ts';

/** A parsed path, or what is wrong with its text. */
export type ParsedPath =
  { readonly ok: true; readonly path: Path } | { readonly ok: false; readonly message: string };

const SYNTAX = 'expected a path such as cart.total, items[].price, items[0].sku or ["a.b"]';

// A bare key, an index or [], or a key in quotes, each as far as the text allows.
const STEP = /([^.[\]"]+)|\[(\d{0,9})\]|\[("(?:[^"\\]|\\.)*")\]/y;

/**
 * Parses a path into an event: `cart.total`, `items[].price`, `items[0].sku`, `["a.b"]` (the quoted
 * key is a JSON string), `$key`, `$source`, `$context.device.type`.
 */
export function parsePath(text: string): ParsedPath {
  const steps = readSteps(text);
  const [first, ...rest] = steps ?? [];
  if (first?.kind !== 'key') return wrong(SYNTAX);
  const bareDollar = text.startsWith('$');
  if (!bareDollar) return parsed('params', [first, ...rest]);
  return rootedPath(first.key, rest);
}

function rootedPath(name: string, steps: readonly PathStep[]): ParsedPath {
  if (name === '$context') {
    return steps.length > 0 ? parsed('context', steps) : wrong('expected a path after $context');
  }
  if (name !== '$key' && name !== '$source') {
    return wrong(`expected $key, $source or $context.…; a parameter is written ["${name}"]`);
  }
  return steps.length === 0
    ? parsed(name === '$key' ? 'key' : 'source', steps)
    : wrong(`expected nothing after ${name}, which is a text`);
}

function readSteps(text: string): PathStep[] | undefined {
  const steps: PathStep[] = [];
  let position = 0;
  while (position < text.length) {
    const afterDot = steps.length > 0 && text[position] === '.';
    if (afterDot) position += 1;
    STEP.lastIndex = position;
    const found = STEP.exec(text);
    const step = found && stepOf(found);
    // A dot belongs before a bare key that is not the first, and nowhere else.
    if (!step || afterDot !== (steps.length > 0 && found[1] !== undefined)) return undefined;
    steps.push(step);
    position = STEP.lastIndex;
  }
  return steps;
}

function stepOf(found: RegExpExecArray): PathStep | undefined {
  if (found[1] !== undefined) return { kind: 'key', key: found[1] };
  if (found[3] !== undefined) return quotedKey(found[3]);
  return found[2] === '' ? { kind: 'each' } : { kind: 'index', index: Number(found[2]) };
}

function quotedKey(text: string): PathStep | undefined {
  try {
    return { kind: 'key', key: JSON.parse(text) as string };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function parsed(root: PathRoot, steps: readonly PathStep[]): ParsedPath {
  return { ok: true, path: { root, steps, many: steps.some((step) => step.kind === 'each') } };
}

function wrong(message: string): ParsedPath {
  return { ok: false, message };
}

/** The path of a text that was checked before; throws for any other. */
export function pathOf(text: string): Path {
  const parsed = parsePath(text);
  if (!parsed.ok) throw new Error(`path ${JSON.stringify(text)}: ${parsed.message}`);
  return parsed.path;
}

/** A path into an event, as text. */
export const pathSchema = z.string({ error: SYNTAX }).superRefine((text, context) => {
  const parsed = parsePath(text);
  if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.message });
});
