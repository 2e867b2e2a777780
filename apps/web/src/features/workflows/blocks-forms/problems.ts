import { checkSettings, findBlock, type SettingsProblem } from '@perennial/blocks';
import { checkNode, leavesOf, workflowConditions, type Node } from '@perennial/conditions';
import type { Vocabulary } from '../../conditions/vocabulary.ts';
import type { Settings } from './form-props.ts';
import { isMissing } from './is-missing.ts';

/** Something wrong with a block; `isMissing` where nothing was given yet. */
export interface BlockProblem extends SettingsProblem {
  readonly isMissing: boolean;
}

/** What is wrong with a block by itself: its shape, its rules, and the conditions in it. */
export function problemsOf(
  type: string,
  settings: Settings,
  vocabulary: Vocabulary,
): readonly BlockProblem[] {
  const own = checkSettings(type, settings);
  const found = own.length > 0 ? own : nodeProblems(type, settings, vocabulary);
  return found.map((problem) => ({
    ...problem,
    isMissing: problem.message === '' || isMissing(settings, problem.path),
  }));
}

/** The first problem at a place, or inside of what stands there. */
export function problemAt(
  problems: readonly BlockProblem[],
  path: string,
): BlockProblem | undefined {
  return problems.find((each) => each.path === path || each.path.startsWith(`${path}/`));
}

function nodeProblems(
  type: string,
  settings: Settings,
  { check }: Vocabulary,
): readonly SettingsProblem[] {
  const kind = findBlock(type);
  const parsed = kind?.settings.safeParse(settings);
  if (!kind?.nodes || !parsed?.success) return [];
  return kind.nodes(parsed.data).flatMap(({ node, path }) => {
    const checked = checkNode(node, { ...check, types: workflowConditions });
    if (checked.ok) return isEmpty(checked.value) ? [{ path, message: '' }] : [];
    return checked.issues.map((issue) => ({ path: path + issue.path, message: issue.message }));
  });
}

/** A condition without conditions holds for everybody, which nobody means. */
function isEmpty(node: Node): boolean {
  return [...leavesOf(node)].length === 0;
}
