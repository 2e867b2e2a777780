import { Button, Group, Modal, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ContactCard } from '@perennial/contracts';
import { useState, type FormEvent } from 'react';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import classes from './Merges.module.css';

/** Gives a contact another external ID; the old one still finds it. */
export function ReplaceExternalId({
  contact,
  onClose,
}: {
  contact: ContactCard;
  onClose: () => void;
}) {
  const t = useText();
  const [value, setValue] = useState('');
  const replace = useChange(
    (api) => api.put(`/contacts/${contact.id}/external_id`, { external_id: value.trim() }),
    ['/contacts'],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    replace.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: t('externalId.done') });
        onClose();
      },
    });
  };
  return (
    <Modal opened onClose={onClose} title={t('externalId.title')} size={480}>
      <form className={classes.stack} onSubmit={submit}>
        <p className={classes.words}>
          {t('externalId.detail', { old: contact.external_id ?? '' })}
        </p>
        <TextInput
          data-autofocus
          required
          dir="auto"
          maxLength={300}
          label={t('externalId.new')}
          value={value}
          error={replace.error ? problemWords(replace.error, t).detail : null}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('merges.dialog.cancel')}
          </Button>
          <Button type="submit" disabled={value.trim() === ''} loading={replace.isPending}>
            {t('externalId.confirm')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
