import { useDebouncedValue } from '@mantine/hooks';
import type { WorkflowProblem, WorkflowVerdict } from '@perennial/contracts';
import { useMemo } from 'react';
import { checkDraft } from '../../../editor/check-draft.ts';
import { blocksOf, type Draft } from '../../../editor/edit/draft.ts';
import type { Problems } from '../problems-by-block.ts';
import { useVerdict } from '../use-verdict.ts';

/** How long editing rests before the server is asked. */
const rest = 400;

export interface DraftProblems {
  problems: Problems;
  /** What publishing would say of the draft as it is; undefined until it is known. */
  verdict: WorkflowVerdict | undefined;
}

/**
 * What is wrong with a draft as it is being edited: its own faults at once, what the workspace
 * lacks as soon as the server has said so.
 */
export function useProblems(definition: Draft): DraftProblems {
  const [rested] = useDebouncedValue(definition, rest);
  const asked = useVerdict(rested, true);
  const own = useMemo(() => checkDraft(definition), [definition]);
  const foreign = useMemo(
    () => (asked.data ? withoutOwn(asked.data, checkDraft(rested)) : undefined),
    // Which draft was asked about is told by its answer.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [asked.data],
  );
  const isCurrent = rested === definition && !asked.isPlaceholderData && !asked.isFetching;
  const problems = useMemo<Problems>(() => {
    if (isCurrent && asked.data) return asked.data;
    const blocks = blocksOf(definition);
    const isThere = ({ block }: WorkflowProblem) => block === null || Object.hasOwn(blocks, block);
    return {
      errors: [...own, ...(foreign?.errors ?? []).filter(isThere)],
      warnings: (foreign?.warnings ?? []).filter(isThere),
    };
  }, [isCurrent, asked.data, own, foreign, definition]);
  return { problems, verdict: isCurrent ? asked.data : undefined };
}

/** What only the server can know. */
function withoutOwn(verdict: WorkflowVerdict, own: readonly WorkflowProblem[]): Problems {
  const known = new Set(own.map(({ path }) => path));
  return {
    errors: verdict.errors.filter(({ path }) => !known.has(path)),
    warnings: verdict.warnings,
  };
}
