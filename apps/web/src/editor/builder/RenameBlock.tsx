import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useText } from '../../app/text.tsx';
import { canRename, renameBlock } from '../edit/change-block.ts';
import type { Editable } from './use-edits.ts';

interface RenameBlockProps {
  draft: Editable;
  block: string | null;
  onRenamed: (id: string) => void;
  onClose: () => void;
}

/** Another ID for a block, by which all of the workflow that mentions it calls it then. */
export function RenameBlock({ draft, block, onRenamed, onClose }: RenameBlockProps) {
  const t = useText();
  const [name, setName] = useState(block ?? '');
  const isFree = block !== null && canRename(draft.definition, block, name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (block === null || !isFree) return;
    draft.edit((definition) => renameBlock(definition, block, name));
    onRenamed(name);
    onClose();
  };
  return (
    <Modal
      opened={block !== null}
      onClose={onClose}
      title={t('builder.rename.title', { id: block ?? '' })}
    >
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t('builder.rename.label')}
          description={t('builder.rename.detail', { id: block ?? '' })}
          value={name}
          error={name !== block && !isFree ? t('builder.rename.bad') : null}
          onChange={({ currentTarget: { value } }) => setName(value)}
        />
        <Group justify="flex-end" mt="xl">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" disabled={!isFree}>
            {t('builder.rename.go')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
