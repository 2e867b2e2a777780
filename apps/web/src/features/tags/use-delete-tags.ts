import type { Tag } from '@perennial/contracts';
import { useChange } from '../../app/data.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useShowUndo } from '../../app/show-undo.tsx';
import { useText } from '../../app/text.tsx';
import { renewedByTags } from './tag-kinds.ts';
import { useRestoreTags } from './use-restore-tags.ts';

/** Deletes tags at once and offers to bring them back. */
export function useDeleteTags(): (tags: readonly Tag[]) => void {
  const t = useText();
  const showUndo = useShowUndo();
  const showProblem = useShowProblem();
  const restore = useRestoreTags();
  const { mutate } = useChange<readonly Tag[]>(async (api, tags) => {
    for (const { id } of tags) await api.delete(`/tags/${id}`);
  }, renewedByTags);
  return (tags) =>
    mutate(tags, {
      onSuccess: () => {
        const n = tags.reduce((sum, { uses }) => sum + uses, 0);
        showUndo(t('tags.deleted', { count: tags.length, name: tags[0]?.name, n }), () =>
          restore(tags.map(({ id }) => id)),
        );
      },
      onError: showProblem,
    });
}
