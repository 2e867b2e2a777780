/** A place of a text where a shared block goes. */
export interface Include {
  start: number;
  end: number;
  /** Undefined: the tag is there, and what it names cannot be read. */
  key: string | undefined;
}

const KEY = /^\s*(?:'([^'{}]*)'|"([^"{}]*)")\s*$/;
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
      const [, single, double] = KEY.exec(rest) ?? [];
      found.push({ start, end: at, key: single ?? double });
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
