import { TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Tag } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';

export function NewTag({ onClose }: { onClose: () => void }) {
  const t = useText();
  const [name, setName] = useState('');
  const create = useChange<string, Tag>(
    (api, wanted) => api.post('/tags', { name: wanted }),
    ['/tags'],
  );
  return (
    <FormDialog
      title={t('tags.new')}
      action={t('app.create')}
      ready={name.trim() !== ''}
      pending={create.isPending}
      onClose={onClose}
      onSubmit={() =>
        create.mutate(name.trim(), {
          onSuccess: (tag) => {
            notifications.show({ message: t('tags.new.made', { name: tag.name }) });
            onClose();
          },
        })
      }
    >
      <TextInput
        data-autofocus
        label={t('tags.new.name')}
        value={name}
        maxLength={50}
        error={create.error ? problemWords(create.error, t).detail : null}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
