/** Code points from the first to the last, both included. */
export type CodePoints = readonly [first: number, last: number];

/**
 * The tree of a `matches` pattern. Everything that runs a pattern (the matcher here, a database's
 * own) is made from this tree, never from the text.
 */
export type Pattern =
  | { readonly kind: 'set'; readonly negated: boolean; readonly ranges: readonly CodePoints[] }
  | { readonly kind: 'any' }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly options: readonly Pattern[] }
  | {
      readonly kind: 'repeat';
      readonly part: Pattern;
      readonly least: number;
      /** Infinity for `*`, `+` and `{m,}`. */
      readonly most: number;
    };

/** `\d`, `\w`, `\s`: ASCII only, whatever the text. */
export const CLASSES: Readonly<Record<string, readonly CodePoints[]>> = {
  d: [[0x30, 0x39]],
  w: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x5f, 0x5f],
    [0x61, 0x7a],
  ],
  s: [
    [0x09, 0x0d],
    [0x20, 0x20],
  ],
};

/** The greatest number in `{m,n}`, which is PostgreSQL's. */
export const MOST_REPEATS = 255;

/** The deepest nesting of parentheses. */
export const DEEPEST_PATTERN = 50;

/** The most steps a pattern may come to with its repetitions written out. */
export const LARGEST_PATTERN = 1000;

/** How many steps the pattern comes to with its repetitions written out. */
export function patternSize(pattern: Pattern): number {
  if (pattern.kind === 'sequence') return sum(pattern.parts.map(patternSize));
  if (pattern.kind === 'choice')
    return sum(pattern.options.map((option) => patternSize(option) + 1));
  if (pattern.kind !== 'repeat') return 1;
  const copies = pattern.most === Infinity ? pattern.least + 1 : pattern.most;
  return (patternSize(pattern.part) + 1) * Math.max(copies, 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
