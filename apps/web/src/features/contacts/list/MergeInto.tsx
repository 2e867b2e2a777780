import { Button } from '@mantine/core';
import type { Contact, Merge } from '@perennial/contracts';
import { IconArrowMerge } from '@tabler/icons-react';
import { useChange } from '../../../app/data.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { useShowUndo } from '../../../app/show-undo.tsx';
import { useText } from '../../../app/text.tsx';

interface MergeIntoProps {
  keep: Contact;
  others: readonly Contact[];
}

/** Makes the others of a group one with this contact; each merge is taken back by itself. */
export function MergeInto({ keep, others }: MergeIntoProps) {
  const t = useText();
  const showProblem = useShowProblem();
  const showUndo = useShowUndo();
  const renews = ['/contacts', '/contact_duplicates', '/merges'];
  const merge = useChange(async (api) => {
    const made: Merge[] = [];
    for (const { id: other } of others) {
      made.push(await api.post<Merge>(`/contacts/${keep.id}/merge`, { other }));
    }
    return made;
  }, renews);
  const undo = useChange(async (api, made: Merge[]) => {
    // The last first: a survivor that was merged on cannot be parted.
    for (const { id } of made.toReversed()) {
      await api.post(`/contacts/${keep.id}/merges/${id}/undo`);
    }
  }, renews);
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={<IconArrowMerge size={14} />}
      loading={merge.isPending}
      onClick={() =>
        merge.mutate(undefined, {
          onError: showProblem,
          onSuccess: (made) =>
            showUndo(t('contacts.duplicates.merged', { count: made.length, id: keep.id }), () =>
              undo.mutate(made, { onError: showProblem }),
            ),
        })
      }
    >
      {t('contacts.duplicates.keep')}
    </Button>
  );
}
