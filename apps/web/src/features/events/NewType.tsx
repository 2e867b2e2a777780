import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import classes from './Events.module.css';

/** Registers a type before its first event. */
export function NewType({ onClose }: { onClose: () => void }) {
  const t = useText();
  const go = useGo();
  const [key, setKey] = useState('');
  const [name, setName] = useState('');
  const create = useChange(
    (api) =>
      api.post('/event_types', { key: key.trim(), ...(name.trim() && { name: name.trim() }) }),
    ['/event_types'],
  );
  const submit = () => {
    create.mutate(undefined, {
      onSuccess: () => go(`event-types/${encodeURIComponent(key.trim())}`),
    });
  };
  return (
    <FormDialog
      title={t('events.new.title')}
      action={t('events.new.action')}
      ready={key.trim() !== ''}
      pending={create.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={classes.hint}>{t('events.new.detail')}</div>
      <TextInput
        data-autofocus
        label={t('events.types.column.key')}
        description={t('events.new.keyDetail')}
        value={key}
        maxLength={100}
        error={create.error ? problemWords(create.error, t).detail : null}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <TextInput
        label={t('events.types.column.name')}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
