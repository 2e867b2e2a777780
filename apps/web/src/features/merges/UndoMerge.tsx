import { Button, Group, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Merge } from '@perennial/contracts';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import classes from './Merges.module.css';

/** Says what undoing means before it is done. */
export function UndoMerge({ merge, onClose }: { merge: Merge; onClose: () => void }) {
  const t = useText();
  const { id, survivor, merged } = merge;
  const undo = useChange(
    (api) => api.post(`/contacts/${survivor}/merges/${id}/undo`),
    ['/contacts', '/merges'],
  );
  return (
    <Modal opened onClose={onClose} title={t('merges.undo.title')} size={520}>
      <p className={classes.words}>{t('merges.undo.detail', { survivor, merged })}</p>
      {undo.error ? (
        <p role="alert" className={classes.error}>
          {problemWords(undo.error, t).detail}
        </p>
      ) : null}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('merges.dialog.cancel')}
        </Button>
        <Button
          data-autofocus
          loading={undo.isPending}
          onClick={() =>
            undo.mutate(undefined, {
              onSuccess: () => {
                notifications.show({ message: t('merges.undo.done', { merged }) });
                onClose();
              },
            })
          }
        >
          {t('merges.undo.confirm')}
        </Button>
      </Group>
    </Modal>
  );
}
