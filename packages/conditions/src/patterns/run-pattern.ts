import type { Program } from './compile-pattern.ts';

/**
 * Searches anywhere in the text by following all threads of the automaton at once: the time is at
 * most the length of the text times that of the program, whatever the pattern.
 */
export function searches(program: Program): (text: string) => boolean {
  // Reused between calls: a search does not call itself, and clears what it finds here.
  const current = createThreads(program.length);
  const following = createThreads(program.length);
  return (text) => {
    let now = current;
    let next = following;
    now.clear();
    for (let position = 0; ;) {
      const atEnd = position >= text.length;
      if (addThread(program, now, 0, position === 0, atEnd)) return true;
      if (atEnd) return false;
      const codePoint = text.codePointAt(position) ?? 0;
      position += codePoint > 0xffff ? 2 : 1;
      next.clear();
      if (advance(program, now, next, codePoint, position >= text.length)) return true;
      [now, next] = [next, now];
    }
  };
}

/** A set of instructions with constant-time membership, clearing, and iteration. */
interface Threads {
  readonly order: Int32Array;
  size: number;
  add(instruction: number): boolean;
  clear(): void;
}

function createThreads(capacity: number): Threads {
  // Doubles, for the generation passes 2^31 within hours of steady use.
  const marks = new Float64Array(capacity);
  let generation = 1;
  return {
    order: new Int32Array(capacity),
    size: 0,
    add(instruction) {
      if (marks[instruction] === generation) return false;
      marks[instruction] = generation;
      this.order[this.size] = instruction;
      this.size += 1;
      return true;
    },
    clear() {
      generation += 1;
      this.size = 0;
    },
  };
}

function advance(
  program: Program,
  threads: Threads,
  next: Threads,
  codePoint: number,
  atEnd: boolean,
): boolean {
  for (let index = 0; index < threads.size; index += 1) {
    const at = threads.order[index] ?? 0;
    const instruction = program[at];
    if (instruction?.kind !== 'read' || !instruction.accepts(codePoint)) continue;
    if (addThread(program, next, at + 1, false, atEnd)) return true;
  }
  return false;
}

/** Adds an instruction and all it leads to without reading; true when that includes the match. */
function addThread(
  program: Program,
  threads: Threads,
  first: number,
  atStart: boolean,
  atEnd: boolean,
): boolean {
  const pending = [first];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (!threads.add(at)) continue;
    const instruction = program[at];
    if (instruction?.kind === 'match') return true;
    if (instruction?.kind === 'jump') pending.push(instruction.next);
    if (instruction?.kind === 'fork') pending.push(instruction.other, instruction.next);
    if (instruction?.kind === 'start' && atStart) pending.push(at + 1);
    if (instruction?.kind === 'end' && atEnd) pending.push(at + 1);
  }
  return false;
}
