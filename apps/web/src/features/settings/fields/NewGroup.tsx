import { Button, Popover, TextInput } from '@mantine/core';
import { IconFolderPlus } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useChange } from '../../../app/data.ts';
import { useText } from '../../../app/text.tsx';

/** Makes a group by its name. */
export function NewGroup() {
  const t = useText();
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const create = useChange((api) => api.post('/fields/groups', { name: name.trim() }), ['/fields']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(undefined, {
      onSuccess: () => {
        setName('');
        setOpened(false);
      },
    });
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconFolderPlus size={16} />}
          onClick={() => setOpened(!opened)}
        >
          {t('settings.fields.group.new')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit}>
          <TextInput
            data-autofocus
            label={t('settings.fields.group.name')}
            value={name}
            maxLength={100}
            error={create.error?.detail}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button
            type="submit"
            size="compact-sm"
            mt="sm"
            disabled={name.trim() === ''}
            loading={create.isPending}
          >
            {t('app.create')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
