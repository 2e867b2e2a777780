export type LiquidKind = 'mark' | 'keyword' | 'filter' | 'text' | 'number';

/** A piece of a text with Liquid in it; without a kind it is as it will be read, or a name or sign within Liquid. */
export interface LiquidPart {
  text: string;
  kind?: LiquidKind;
}

/** What is not closed yet is no Liquid. */
const LIQUID = /\{\{[^]*?\}\}|\{%[^]*?%\}/g;
const INSIDE =
  /(?<text>"[^"]*"|'[^']*')|(?<number>(?<![\w.])-?\d+(?:\.\d+)?\b)|(?<filter>(?<=\|\s*)[a-z_]\w*)|(?<word>[a-z_][\w-]*)/gi;
const WORDS = new Set(['and', 'or', 'contains', 'in', 'true', 'false', 'nil', 'empty', 'blank']);

/** A text cut into what is coloured alike; together the parts are the text. */
export function liquidParts(text: string): LiquidPart[] {
  const parts: LiquidPart[] = [];
  let end = 0;
  for (const { 0: whole, index } of text.matchAll(LIQUID)) {
    parts.push({ text: text.slice(end, index) }, ...partsInside(whole));
    end = index + whole.length;
  }
  parts.push({ text: text.slice(end) });
  return parts.filter((part) => part.text !== '');
}

export function hasLiquid(text: string): boolean {
  return text.search(LIQUID) >= 0;
}

function partsInside(whole: string): LiquidPart[] {
  const open = /^\{[{%]-?/.exec(whole)![0];
  const rest = whole.slice(open.length);
  const close = /-?[%}]\}$/.exec(rest)![0];
  const inner = rest.slice(0, -close.length);
  const parts: LiquidPart[] = [{ text: open, kind: 'mark' }];
  let end = 0;
  let isFirst = open.startsWith('{%');
  for (const found of inner.matchAll(INSIDE)) {
    const [token] = found;
    const kind = kindOf(found.groups!, isFirst);
    isFirst = false;
    if (kind === undefined) continue;
    parts.push({ text: inner.slice(end, found.index) }, { text: token, kind });
    end = found.index + token.length;
  }
  parts.push({ text: inner.slice(end) }, { text: close, kind: 'mark' });
  return parts;
}

/** The first word of a tag says what it does. */
function kindOf(
  { text, number, filter, word }: Record<string, string | undefined>,
  isFirst: boolean,
): LiquidKind | undefined {
  if (text !== undefined) return 'text';
  if (number !== undefined) return 'number';
  if (filter !== undefined) return 'filter';
  return isFirst || WORDS.has(word!) ? 'keyword' : undefined;
}
