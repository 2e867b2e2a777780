import { isReserved, type BlockParameters } from './fill-parameters.ts';
import { LIQUID_KEYWORDS } from './liquid-words.ts';

/** A place of a text where a shared block goes. */
export interface Include {
  start: number;
  end: number;
  /** Undefined: the tag is there, and what it names cannot be read. */
  key: string | undefined;
  parameters: BlockParameters;
  /** What it gives to the block cannot be read: why. */
  problem?: string;
}

const KEY = /^\s*(?:'([^'{}]*)'|"([^"{}]*)")([\s\S]*)$/;
/** What is between these and their end is not Liquid. */
const VERBATIM = new Set(['raw', 'comment']);

/**
 * The tags `{% include 'key' %}` of a text. The key stands in quotes: which blocks a message has is
 * known before it is rendered.
 */
export function findIncludes(text: string): Include[] {
  const found: Include[] = [];
  for (let at = 0; ;) {
    const start = text.indexOf('{%', at);
    const close = start < 0 ? -1 : text.indexOf('%}', start + 2);
    if (close < 0) return found;
    at = close + 2;
    const inner = text.slice(start + 2, close).replace(/^-|-$/g, '');
    const [, name = '', rest = ''] = /^\s*([a-z_]+)([\s\S]*)$/.exec(inner) ?? [];
    if (name === 'include') {
      const [, single, double, given = ''] = KEY.exec(rest) ?? [];
      found.push({ start, end: at, key: single ?? double, ...readParameters(given) });
    }
    if (VERBATIM.has(name)) {
      const end = endOf(text, name, at);
      if (end < 0) return found;
      at = end;
    }
  }
}

function endOf(text: string, name: string, from: number): number {
  const pattern = new RegExp(`\\{%-?\\s*end${name}\\s*-?%\\}`, 'g');
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** `, name: value`: a text, a number or a variable; Liquid does without the comma, too. */
const PARAMETER =
  /^\s*,?\s*([\p{L}_][\p{L}\p{N}_]*)\s*:\s*('[^'{}\n]*'|"[^"{}\n]*"|-?\d+(?:\.\d+)?|[\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+|\[(?:\d+|'[^'{}]*'|"[^"{}]*")\])*)(?=\s|,|$)/u;
const MOST_PARAMETERS = 30;

function readParameters(text: string): Pick<Include, 'parameters' | 'problem'> {
  const parameters: Record<string, string> = {};
  let left = text;
  while (left.trim() !== '') {
    const [whole = '', name = '', value = ''] = PARAMETER.exec(left) ?? [];
    if (!name) return { parameters, problem: `${CANNOT_READ} What cannot be read: ${piece(left)}` };
    if (isReserved(name) || LIQUID_KEYWORDS.has(name)) {
      return { parameters, problem: `"${name}" means something already: give another name.` };
    }
    if (Object.hasOwn(parameters, name))
      return { parameters, problem: `"${name}" is given twice.` };
    parameters[name] = withSingleQuotes(value);
    if (Object.keys(parameters).length > MOST_PARAMETERS) {
      return { parameters, problem: `A block takes at most ${MOST_PARAMETERS} parameters.` };
    }
    left = left.slice(whole.length);
  }
  return { parameters };
}

const CANNOT_READ =
  "Give a block texts in quotes, numbers, or variables without filters: {% include 'button', label: 'Buy', url: event.url %}.";

function piece(text: string): string {
  return text
    .replace(/^[\s,]+/, '')
    .trim()
    .slice(0, 80);
}

/** They may stand in an attribute of HTML. */
function withSingleQuotes(value: string): string {
  return value.startsWith('"') && !value.includes("'") ? `'${value.slice(1, -1)}'` : value;
}
