import type { TemplateProblemView } from '@perennial/contracts';
import type { ApiProblem } from '../../api.ts';

/** Of what the server refused what is about the parts in one language, with their pointers. */
export function partProblems(error: ApiProblem, language: string): TemplateProblemView[] {
  const base = `/content/${language}`;
  return error.errors.flatMap(({ path, message }) =>
    path.startsWith(`${base}/`)
      ? [{ path: path.slice(base.length), message, line: null, excerpt: null, kind: 'template' }]
      : [],
  );
}
