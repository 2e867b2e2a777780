/** A word at a place of Liquid where a value may stand. */
export interface LiquidWord {
  word: string;
  /** It is given a value there: by assign, capture, for, fetch. */
  isTarget: boolean;
  /** The quote of the text that it stands in, as in the address of a fetch. */
  inQuote?: '"' | "'";
}

const TOKEN = /'[^']*'|"[^"]*"|[\p{L}_][\p{L}\p{N}_-]*\??|\d+(?:\.\d+)?|\.\.|\s+|./gsu;
const WORD = /^[\p{L}_]/u;

/** Words that mean something themselves. */
export const LIQUID_KEYWORDS: ReadonlySet<string> = new Set(
  'and or not contains in as with true false nil null empty blank reversed continue'.split(' '),
);

/** Writes each word of a text's Liquid that stands for a value anew; all else stays as it is. */
export function rewriteWords(text: string, write: (word: LiquidWord) => string): string {
  let written = '';
  let at = 0;
  for (const { start, end, inner, name } of piecesOf(text)) {
    const anew =
      name === undefined ? rewriteValues(inner, '', write) : rewriteTag(inner, name, write);
    written += text.slice(at, start) + anew;
    at = end;
  }
  return written + text.slice(at);
}

/** What is between these and their end is not Liquid. */
const VERBATIM = ['raw', 'comment'];

interface Piece {
  /** Of what is between the brackets. */
  start: number;
  end: number;
  inner: string;
  /** Of a tag; undefined for a value that is written. */
  name: string | undefined;
}

/** In one pass, also through text in which nothing is ever closed. */
function* piecesOf(text: string): Generator<Piece> {
  const opening = /\{[{%]-?/g;
  const isOver = new Set<string>();
  for (let open = opening.exec(text); open; open = opening.exec(text)) {
    const closing = open[0].startsWith('{%') ? '%}' : '}}';
    if (isOver.has(closing)) continue;
    const start = opening.lastIndex;
    const close = text.indexOf(closing, start);
    if (close < 0) {
      isOver.add(closing);
      continue;
    }
    const end = text[close - 1] === '-' && close > start ? close - 1 : close;
    const inner = text.slice(start, end);
    const name = closing === '%}' ? (/^\s*(\w+)/.exec(inner)?.[1] ?? '') : undefined;
    yield { start, end, inner, name };
    opening.lastIndex = close + 2;
    if (name !== undefined && VERBATIM.includes(name)) {
      const over = new RegExp(`\\{%-?\\s*end${name}\\s*-?%\\}`, 'g');
      over.lastIndex = opening.lastIndex;
      if (!over.test(text)) return;
      opening.lastIndex = over.lastIndex;
    }
  }
}

/** `{% liquid %}` has a tag in each line. */
function rewriteTag(tag: string, name: string, write: (word: LiquidWord) => string): string {
  if (name !== 'liquid') return rewriteStatement(tag, write);
  const [head = '', ...lines] = tag.split('\n');
  const first = head.replace(/^(\s*liquid)(.*)$/, (_, before: string, rest: string) =>
    [before, rewriteStatement(rest, write)].join(''),
  );
  return [first, ...lines.map((line) => rewriteStatement(line, write))].join('\n');
}

function rewriteStatement(statement: string, write: (word: LiquidWord) => string): string {
  const [, before = '', name = '', rest = ''] = /^(\s*)(\w*)([\s\S]*)$/.exec(statement) ?? [];
  return `${before}${name}${rewriteValues(rest, name, write)}`;
}

/** Tags whose first word is a name that they give a value to. */
const ASSIGNING = ['assign', 'capture', 'increment', 'decrement', 'for', 'tablerow'];

function rewriteValues(text: string, tag: string, write: (word: LiquidWord) => string): string {
  const tokens = text.match(TOKEN) ?? [];
  const solid = tokens.filter((token) => token.trim() !== '');
  let at = -1;
  return tokens
    .map((token) => {
      if (token.trim() === '') return token;
      at += 1;
      if (isQuoted(token)) return rewriteQuoted(token, write);
      const [before, after] = [solid[at - 1], solid[at + 1]];
      const isTarget =
        (at === 0 && ASSIGNING.includes(tag)) || (tag === 'fetch' && before === 'as');
      return isTarget || standsForValue(token, before, after)
        ? write({ word: token, isTarget })
        : token;
    })
    .join('');
}

function standsForValue(
  token: string,
  before: string | undefined,
  after: string | undefined,
): boolean {
  if (!WORD.test(token) || LIQUID_KEYWORDS.has(token)) return false;
  // A member, a filter, and the name of an argument.
  return before !== '.' && before !== '|' && after !== ':';
}

function isQuoted(token: string): boolean {
  return token.length >= 2 && /^['"]/.test(token);
}

/** The address of a fetch is a template itself. */
function rewriteQuoted(token: string, write: (word: LiquidWord) => string): string {
  if (!token.includes('{{')) return token;
  const inQuote = token[0] as '"' | "'";
  return rewriteWords(token, (word) => write({ ...word, inQuote }));
}
