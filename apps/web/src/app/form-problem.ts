import type { ApiProblem } from '../api.ts';
import { problemWords } from './problem-words.ts';
import type { Say } from './text.tsx';

/** What the server found wrong with a member of what was sent, by its JSON pointer. */
export function errorAt(error: ApiProblem | null, pointer: string): string | undefined {
  return error?.errors.find(({ path }) => path === pointer)?.message;
}

/** What is wrong with the whole; null where members say it. */
export function problemOfForm(error: ApiProblem | null, t: Say): string | null {
  return error && error.errors.length === 0 ? (problemWords(error, t).detail ?? null) : null;
}
