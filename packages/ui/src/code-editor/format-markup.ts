import * as htmlPlugin from 'prettier/plugins/html';
import { formatWithCursor } from 'prettier/standalone';

export type Markup = 'html' | 'mjml';

interface Formatted {
  code: string;
  /** Where the cursor goes. */
  cursor: number;
}

/**
 * Sets out HTML or MJML line by line; what it looks like when read stays as it is. Liquid is put
 * aside meanwhile and comes back as it was written. Throws if the markup cannot be read.
 */
export async function formatMarkup(
  code: string,
  { markup, cursor }: { markup: Markup; cursor: number },
): Promise<Formatted> {
  try {
    return await formatWith(code, { markup, cursor, ownLines: 'comments' });
  } catch {
    // Inside of a tag, between its attributes, no comment may stand.
    return formatWith(code, { markup, cursor, ownLines: 'words' });
  }
}

type Options = {
  markup: Markup;
  cursor: number;
  /** What stands for Liquid that has a line of its own: a comment keeps the line. */
  ownLines: 'comments' | 'words';
};

async function formatWith(code: string, { markup, cursor, ownLines }: Options): Promise<Formatted> {
  const { text, pieces, at } = putAside(code, { markup, cursor, ownLines });
  const { formatted, cursorOffset } = await formatWithCursor(text, {
    parser: markup,
    plugins: [htmlPlugin],
    printWidth: 100,
    // Styles may hold Liquid, which is no CSS.
    embeddedLanguageFormatting: 'off',
    cursorOffset: at,
  });
  const head = putBack(formatted.slice(0, Math.max(0, cursorOffset)), pieces);
  const whole = putBack(formatted, pieces);
  if (whole.count !== pieces.length) throw new Error('A piece of Liquid got lost.');
  return { code: whole.text, cursor: Math.min(head.text.length, whole.text.length) };
}

const LIQUID = /\{%-?[^]*?-?%\}|\{\{-?[^]*?-?\}\}/g;
const MARK = /<!--pLq(\d+)-*-->|pLq(\d+)_*e/g;
/** Tells the formatter that white space around the next element means nothing. */
const BLOCK = '<!-- display: block -->';

function putAside(code: string, { markup, cursor, ownLines }: Options) {
  const pieces: string[] = [];
  const mark = (piece: string, offset: number): string => {
    const number = pieces.push(piece) - 1;
    const isOnOwnLine = isAlone(code, offset, piece.length);
    return isOnOwnLine && ownLines === 'comments'
      ? pad(`<!--pLq${number}`, '-->', '-', piece.length)
      : pad(`pLq${number}`, 'e', '_', piece.length);
  };
  const withMarks = (part: string, from = 0) =>
    part.replace(LIQUID, (piece, offset: number) => mark(piece, from + offset));
  const at = endOfPiece(code, cursor);
  const head = withMarks(code.slice(0, at));
  const marked = { text: head + withMarks(code.slice(at), at), at: head.length };
  return { pieces, ...(markup === 'mjml' ? withBlocks(marked) : marked) };
}

/** Before each element of MJML, those in comments aside. */
function withBlocks({ text, at }: { text: string; at: number }): { text: string; at: number } {
  let added = 0;
  const blocks = text.replace(/<!--[^]*?-->|<(?=mj-|mjml)/g, (found, offset: number) => {
    if (found !== '<') return found;
    if (offset < at) added += BLOCK.length;
    return BLOCK + found;
  });
  return { text: blocks, at: at + added };
}

/** As long as the piece, so that lines break where they would with it. */
function pad(start: string, end: string, fill: string, length: number): string {
  return start + fill.repeat(Math.max(0, length - start.length - end.length)) + end;
}

function isAlone(code: string, offset: number, length: number): boolean {
  return (
    /(^|\n)[ \t]*$/.test(code.slice(0, offset)) && /^[ \t]*(\n|$)/.test(code.slice(offset + length))
  );
}

/** A cursor inside of a piece of Liquid goes behind it, or before a tag it stands in the name of. */
function endOfPiece(code: string, cursor: number): number {
  for (const { 0: piece, index } of code.matchAll(LIQUID)) {
    if (index < cursor && cursor < index + piece.length) return index + piece.length;
  }
  const tag = code.lastIndexOf('<', cursor - 1);
  return tag >= 0 && /^<\/?[\w-]*$/.test(code.slice(tag, cursor)) ? tag : cursor;
}

function putBack(text: string, pieces: readonly string[]): { text: string; count: number } {
  let count = 0;
  const withoutBlocks = text
    .replace(/^[ \t]*<!-- display: block -->\n/gm, '')
    .replaceAll(BLOCK, '');
  const restored = withoutBlocks.replace(MARK, (_mark, comment?: string, word?: string) => {
    count += 1;
    return pieces[Number(comment ?? word)] ?? '';
  });
  return { text: restored, count };
}
