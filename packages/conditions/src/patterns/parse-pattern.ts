import {
  CLASSES,
  type CodePoints,
  DEEPEST_PATTERN,
  LARGEST_PATTERN,
  MOST_REPEATS,
  type Pattern,
  patternSize,
} from './pattern.ts';

/** A parsed pattern, or what is wrong with its text. */
export type ParsedPattern =
  | { readonly ok: true; readonly pattern: Pattern }
  | { readonly ok: false; readonly message: string };

/**
 * Parses the language of `matches`: literals, `.`, `[...]`, `[^...]`, `\d` `\w` `\s`, `^` `$`,
 * `(...)`, `|`, `*` `+` `?` `{m}` `{m,}` `{m,n}` up to 255, and a backslash before an ASCII
 * punctuation mark, which then is a literal. All else is refused.
 */
export function parsePattern(text: string): ParsedPattern {
  const reader = createReader(text);
  try {
    const pattern = readChoice(reader, 0);
    if (reader.peek() !== undefined) reader.refuse('an unmatched ")"');
    if (patternSize(pattern) > LARGEST_PATTERN) {
      const message = `expected a pattern of at most ${LARGEST_PATTERN} steps, repetitions written out`;
      return { ok: false, message };
    }
    return { ok: true, pattern };
  } catch (error) {
    if (error instanceof PatternError) return { ok: false, message: error.message };
    throw error;
  }
}

class PatternError extends Error {}

interface Reader {
  peek(): string | undefined;
  take(): string | undefined;
  /** Takes the character if it is the next. */
  skip(character: string): boolean;
  refuse(what: string): never;
}

function createReader(text: string): Reader {
  const characters = Array.from(text);
  let position = 0;
  return {
    peek: () => characters[position],
    take: () => characters[position++],
    skip(character) {
      if (characters[position] !== character) return false;
      position += 1;
      return true;
    },
    refuse(what): never {
      throw new PatternError(`expected a pattern, but found ${what} at character ${position + 1}`);
    },
  };
}

function readChoice(reader: Reader, depth: number): Pattern {
  if (depth > DEEPEST_PATTERN) reader.refuse(`parentheses nested deeper than ${DEEPEST_PATTERN}`);
  const options = [readSequence(reader, depth)];
  while (reader.skip('|')) options.push(readSequence(reader, depth));
  const [only] = options;
  return only && options.length === 1 ? only : { kind: 'choice', options };
}

function readSequence(reader: Reader, depth: number): Pattern {
  const parts: Pattern[] = [];
  for (let next = reader.peek(); next !== undefined && next !== '|' && next !== ')';) {
    parts.push(readRepeated(reader, depth));
    next = reader.peek();
  }
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind: 'sequence', parts };
}

function readRepeated(reader: Reader, depth: number): Pattern {
  const part = readAtom(reader, depth);
  const bounds = readRepetition(reader);
  if (!bounds) return part;
  if (part.kind === 'start' || part.kind === 'end') reader.refuse('a repetition of ^ or $');
  const next = reader.peek();
  if (next !== undefined && '*+?{'.includes(next)) reader.refuse('a second repetition');
  return { kind: 'repeat', part, least: bounds[0], most: bounds[1] };
}

function readRepetition(reader: Reader): readonly [number, number] | undefined {
  if (reader.skip('*')) return [0, Infinity];
  if (reader.skip('+')) return [1, Infinity];
  if (reader.skip('?')) return [0, 1];
  return reader.skip('{') ? readBounds(reader) : undefined;
}

function readBounds(reader: Reader): readonly [number, number] {
  const least = readCount(reader);
  if (least === undefined) reader.refuse('a "{" without a number; a literal one is \\{');
  const most = reader.skip(',') ? (readCount(reader) ?? Infinity) : least;
  if (!reader.skip('}')) reader.refuse('a "{m,n}" that is not closed');
  if (most < least) reader.refuse('a "{m,n}" with n less than m');
  return [least, most];
}

function readCount(reader: Reader): number | undefined {
  let digits = '';
  while (/^[0-9]$/.test(reader.peek() ?? '')) digits += reader.take();
  if (digits === '') return undefined;
  if (Number(digits) > MOST_REPEATS) reader.refuse(`a repetition above ${MOST_REPEATS}`);
  return Number(digits);
}

function readAtom(reader: Reader, depth: number): Pattern {
  const character = reader.peek();
  if (character === undefined || '*+?{'.includes(character)) reader.refuse('nothing to repeat');
  if (character === ']' || character === '}') {
    reader.refuse(`an unmatched "${character}"; a literal one is \\${character}`);
  }
  reader.take();
  if (character === '.') return { kind: 'any' };
  if (character === '^') return { kind: 'start' };
  if (character === '$') return { kind: 'end' };
  if (character === '(') return readGroup(reader, depth);
  if (character === '[') return readSet(reader);
  if (character === '\\') return { kind: 'set', negated: false, ranges: readEscape(reader) };
  return { kind: 'set', negated: false, ranges: [single(character)] };
}

function readGroup(reader: Reader, depth: number): Pattern {
  if (reader.peek() === '?') reader.refuse('"(?", which this language does not have');
  const group = readChoice(reader, depth + 1);
  if (!reader.skip(')')) reader.refuse('a "(" that is not closed');
  return group;
}

function readEscape(reader: Reader): readonly CodePoints[] {
  const character = reader.take();
  if (character === undefined) reader.refuse('a "\\" with nothing after it');
  const named = Object.hasOwn(CLASSES, character) ? CLASSES[character] : undefined;
  if (named) return named;
  if (!/^[!-/:-@[-`{-~]$/.test(character)) {
    reader.refuse(`"\\${character}", which this language does not have`);
  }
  return [single(character)];
}

function readSet(reader: Reader): Pattern {
  const negated = reader.skip('^');
  const ranges: CodePoints[] = [];
  while (!reader.skip(']')) ranges.push(...readSetItem(reader));
  if (ranges.length === 0) reader.refuse('an empty "[]"');
  return { kind: 'set', negated, ranges };
}

function readSetItem(reader: Reader): readonly CodePoints[] {
  const first = readSetMember(reader);
  if (!reader.skip('-')) return first;
  // A hyphen before the closing bracket is a literal one.
  if (reader.peek() === ']') return [...first, single('-')];
  const last = readSetMember(reader);
  const from = onlyCharacter(first);
  const to = onlyCharacter(last);
  if (from === undefined || to === undefined) return reader.refuse('a range that ends in a class');
  if (to < from) reader.refuse('a range that runs backwards');
  return [[from, to]];
}

function readSetMember(reader: Reader): readonly CodePoints[] {
  const character = reader.take();
  if (character === undefined) reader.refuse('a "[" that is not closed');
  return character === '\\' ? readEscape(reader) : [single(character)];
}

function onlyCharacter(ranges: readonly CodePoints[]): number | undefined {
  const [range, ...others] = ranges;
  return range && others.length === 0 && range[0] === range[1] ? range[0] : undefined;
}

function single(character: string): CodePoints {
  const codePoint = character.codePointAt(0) ?? 0;
  return [codePoint, codePoint];
}
