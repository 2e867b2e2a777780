import type { SettingsProblem } from '@perennial/blocks';
import type { Say } from '../../../app/text.tsx';
import type { Settings } from '../blocks-forms/form-props.ts';
import { isMissing } from '../blocks-forms/is-missing.ts';

/** What is wrong with a part of a definition, by place. */
export function partErrors(
  part: Settings,
  check: (part: Settings) => readonly SettingsProblem[],
  t: Say,
): { errorAt: (path: string) => string | undefined } {
  const problems = check(part);
  return {
    errorAt(path) {
      const problem = problems.find(
        (each) => each.path === path || each.path.startsWith(`${path}/`),
      );
      if (!problem) return undefined;
      return isMissing(part, problem.path) ? t('blockForms.missing') : problem.message;
    },
  };
}
