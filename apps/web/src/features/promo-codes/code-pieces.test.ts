import { expect, test } from 'vitest';
import { codePieces } from './code-pieces.ts';

async function* bitsOf(...bits: string[]) {
  yield* bits;
}

async function piecesOf(bits: string[], lines = 2) {
  const pieces = [];
  for await (const piece of codePieces(bitsOf(...bits), { lines })) pieces.push(piece);
  return pieces;
}

test('pieces are whole lines, wherever the bits end', async () => {
  expect(await piecesOf(['A', '1\nA2\nA', '3\n', 'A4'])).toEqual([
    { csv: 'A1\nA2', first_line: 1, read: 7 },
    { csv: 'A3\nA4', first_line: 3, read: 11 },
  ]);
});

test('what names the columns stands above each piece, and lines keep their numbers', async () => {
  expect(await piecesOf(['code;expires_at\nA1;\nA2;\nA3;\n'])).toEqual([
    { csv: 'code;expires_at\nA1;', first_line: 1, read: 28 },
    { csv: 'code;expires_at\nA2;\nA3;', first_line: 2, read: 28 },
  ]);
});

test('a code that begins like a name of a column is a code', async () => {
  expect(await piecesOf(['CODE-1\nCODE-2\nCODE-3'])).toEqual([
    { csv: 'CODE-1\nCODE-2', first_line: 1, read: 20 },
    { csv: 'CODE-3', first_line: 3, read: 20 },
  ]);
});

test('nothing is no piece', async () => {
  expect(await piecesOf(['', '\n', ' '])).toEqual([]);
});
