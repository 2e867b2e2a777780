import type { ApiProblem } from '../../../api.ts';
import { problemWords } from '../../../app/problem-words.ts';
import type { Say } from '../../../app/text.tsx';

/** Why there is no count. */
export function previewProblem(error: ApiProblem, t: Say): string {
  if (error.code === 'too_much') return t('segments.editor.tooMuch');
  return problemWords(error, t).detail;
}

/** Whether the rule itself is refused: that is told where it is wrong. */
export function isWrongRule({ errors }: ApiProblem): boolean {
  return errors.some(({ path }) => path.startsWith('/definition'));
}
