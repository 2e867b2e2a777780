import type { TemplateProblemView } from '@perennial/contracts';
import type { CodeProblem } from '@perennial/ui';

/** A problem in the text of one member, where it stands; without a line it is about the whole. */
export interface PlacedProblem extends CodeProblem {
  line: number | null;
}

/** Of the problems of a content those of one member, each marking its line in the text. */
export function placeProblems(
  text: string,
  problems: readonly TemplateProblemView[],
  path: string,
): PlacedProblem[] {
  const lines = text.split('\n');
  return problems
    .filter((problem) => problem.path === path)
    .map(({ line, message, kind }) => ({
      ...rangeOf(lines, line),
      line,
      message,
      // Nothing is wrong with a message that does what it was told to.
      severity: kind === 'template' ? 'error' : 'warning',
    }));
}

/** From the first sign of a line to its last; the text may have fewer lines by now. */
function rangeOf(lines: readonly string[], line: number | null): { from: number; to: number } {
  if (line === null) return { from: 0, to: 0 };
  const index = Math.min(line, lines.length) - 1;
  const start = lines.slice(0, index).reduce((sum, { length }) => sum + length + 1, 0);
  const text = lines[index] ?? '';
  const indent = text.length - text.trimStart().length;
  return { from: start + (text.trim() === '' ? 0 : indent), to: start + text.trimEnd().length };
}
