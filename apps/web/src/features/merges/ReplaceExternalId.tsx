import { TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ContactCard } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
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
  const submit = () => {
    replace.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: t('externalId.done') });
        onClose();
      },
    });
  };
  return (
    <FormDialog
      title={t('externalId.title')}
      size={480}
      action={t('externalId.confirm')}
      ready={value.trim() !== ''}
      pending={replace.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={classes.words}>{t('externalId.detail', { old: contact.external_id ?? '' })}</p>
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
    </FormDialog>
  );
}
