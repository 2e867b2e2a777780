import { isIn, isInFolded, lowerCodePoint } from './case-folding.ts';
import type { Pattern } from './pattern.ts';

/** One instruction of the automaton; `next` and `other` are indices of instructions. */
type Instruction =
  | { readonly kind: 'read'; readonly accepts: (codePoint: number) => boolean }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'fork'; next: number; other: number }
  | { readonly kind: 'jump'; next: number }
  | { readonly kind: 'match' };

/** An automaton without captures; execution begins at instruction 0 and falls to the next one. */
export type Program = readonly Instruction[];

/** Thompson's construction. With `ignoreCase` the program expects lower-cased text. */
export function compilePattern(pattern: Pattern, ignoreCase: boolean): Program {
  const program: Instruction[] = [];
  emit(program, pattern, ignoreCase);
  program.push({ kind: 'match' });
  return program;
}

function emit(program: Instruction[], pattern: Pattern, ignoreCase: boolean): void {
  if (pattern.kind === 'sequence') {
    for (const part of pattern.parts) emit(program, part, ignoreCase);
  } else if (pattern.kind === 'choice') {
    emitChoice(program, pattern.options, ignoreCase);
  } else if (pattern.kind === 'repeat') {
    emitRepeat(program, pattern, ignoreCase);
  } else if (pattern.kind === 'set') {
    program.push({ kind: 'read', accepts: membership(pattern, ignoreCase) });
  } else {
    program.push(pattern.kind === 'any' ? { kind: 'read', accepts: () => true } : pattern);
  }
}

function membership(
  set: Extract<Pattern, { kind: 'set' }>,
  ignoreCase: boolean,
): (codePoint: number) => boolean {
  const { ranges, negated } = set;
  const [only] = ranges;
  // Literals are by far the most frequent sets.
  if (only && ranges.length === 1 && only[0] === only[1] && !negated) {
    const literal = ignoreCase ? lowerCodePoint(only[0]) : only[0];
    return (codePoint) => codePoint === literal;
  }
  const holds = ignoreCase ? isInFolded : isIn;
  return (codePoint) => holds(codePoint, ranges) !== negated;
}

function emitChoice(
  program: Instruction[],
  options: readonly Pattern[],
  ignoreCase: boolean,
): void {
  const exits: { next: number }[] = [];
  options.forEach((option, index) => {
    const last = index === options.length - 1;
    const fork = { kind: 'fork' as const, next: program.length + 1, other: 0 };
    if (!last) program.push(fork);
    emit(program, option, ignoreCase);
    if (last) return;
    const exit = { kind: 'jump' as const, next: 0 };
    program.push(exit);
    exits.push(exit);
    fork.other = program.length;
  });
  for (const exit of exits) exit.next = program.length;
}

function emitRepeat(
  program: Instruction[],
  { part, least, most }: Extract<Pattern, { kind: 'repeat' }>,
  ignoreCase: boolean,
): void {
  for (let copy = 0; copy < least; copy += 1) emit(program, part, ignoreCase);
  if (most === Infinity) {
    emitLoop(program, part, ignoreCase);
  } else {
    emitOptionals(program, part, most - least, ignoreCase);
  }
}

function emitLoop(program: Instruction[], part: Pattern, ignoreCase: boolean): void {
  const start = program.length;
  const fork = { kind: 'fork' as const, next: start + 1, other: 0 };
  program.push(fork);
  emit(program, part, ignoreCase);
  program.push({ kind: 'jump', next: start });
  fork.other = program.length;
}

function emitOptionals(
  program: Instruction[],
  part: Pattern,
  copies: number,
  ignoreCase: boolean,
): void {
  const forks: { other: number }[] = [];
  for (let copy = 0; copy < copies; copy += 1) {
    const fork = { kind: 'fork' as const, next: program.length + 1, other: 0 };
    program.push(fork);
    forks.push(fork);
    emit(program, part, ignoreCase);
  }
  for (const fork of forks) fork.other = program.length;
}
