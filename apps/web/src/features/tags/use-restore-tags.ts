import { notifications } from '@mantine/notifications';
import { useChange } from '../../app/data.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { renewedByTags } from './tag-kinds.ts';

/** Brings tags back that were deleted or merged away. */
export function useRestoreTags(): (ids: readonly string[]) => void {
  const t = useText();
  const showProblem = useShowProblem();
  const { mutate } = useChange<readonly string[]>(
    (api, tags) => api.post('/tags/restore', { tags }),
    renewedByTags,
  );
  return (ids) =>
    mutate(ids, {
      onSuccess: () =>
        void notifications.show({ message: t('tags.restored', { count: ids.length }) }),
      onError: showProblem,
    });
}
