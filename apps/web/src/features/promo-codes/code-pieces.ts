/** A piece of a list of codes, as the API takes it. */
export interface CodePiece {
  csv: string;
  /** Of its first line in the whole. */
  first_line: number;
  /** Characters or bytes of the whole that were read when it ends. */
  read: number;
}

/** Lines of a piece: soon sent, and few calls. */
export const LINES_AT_ONCE = 20_000;

const NAMES_COLUMNS = /^\uFEFF?\s*"?(code|promo_?code|coupon)"?\s*($|[,;\t])/i;

/**
 * Cuts a text that arrives bit by bit into pieces of whole lines. What names the columns, in the first
 * line, stands above each piece; line numbers are those of the whole.
 */
export async function* codePieces(
  bits: AsyncIterable<string>,
  { lines: most = LINES_AT_ONCE }: { lines?: number } = {},
): AsyncGenerator<CodePiece> {
  let head: string | undefined;
  let rest = '';
  let lines: string[] = [];
  let firstLine = 1;
  let read = 0;

  const piece = (): CodePiece => {
    // The line above a piece counts as the one before it.
    const above = head === undefined || firstLine === 1 ? [] : [head];
    const made = {
      csv: [...above, ...lines].join('\n'),
      first_line: firstLine - above.length,
      read,
    };
    firstLine += lines.length;
    lines = [];
    return made;
  };

  for await (const bit of bits) {
    read += bit.length;
    const found = (rest + bit).split('\n');
    rest = found.pop() ?? '';
    for (const line of found) {
      if (firstLine === 1 && lines.length === 0 && NAMES_COLUMNS.test(line)) head = line;
      lines.push(line);
      if (lines.length === most) yield piece();
    }
  }
  if (rest !== '') lines.push(rest);
  if (lines.some((line) => line.trim() !== '')) yield piece();
}
