import { Alert, Button, Group, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from 'react-router';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import type { CardActionProps } from './card-action.ts';
import { contactName } from './contact.ts';

/** Says what deleting means, and does it. */
export function DeleteContact({ contact, onClose }: CardActionProps) {
  const t = useText();
  const to = useTo();
  const go = useNavigate();
  const name = contactName(contact) ?? t('app.contact.anonymous');
  const remove = useChange((api) => api.delete(`/contacts/${contact.id}`), ['/contacts']);
  return (
    <Modal opened onClose={onClose} title={t('contacts.action.delete.title', { name })}>
      <p style={{ marginBlockStart: 0 }}>{t('contacts.action.delete.detail')}</p>
      {remove.error ? (
        <Alert color="red" variant="light">
          {problemWords(remove.error, t).detail}
        </Alert>
      ) : null}
      <Group justify="flex-end" mt="xl">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button
          color="red"
          loading={remove.isPending}
          onClick={() =>
            remove.mutate(undefined, {
              onSuccess: () => {
                notifications.show({ message: t('contacts.action.delete.done', { name }) });
                void go(to('contacts'));
              },
            })
          }
        >
          {t('contacts.action.delete')}
        </Button>
      </Group>
    </Modal>
  );
}
