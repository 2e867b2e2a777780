import { TextInput } from '@mantine/core';
import type { ContentBlock } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { errorAt } from '../../app/form-problem.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { keyFrom, parts } from './block-draft.ts';
import { starterPart } from './starter-part.ts';

/** Names a block; what is in it is written in the editor. */
export function NewBlock({ onClose }: { onClose: () => void }) {
  const t = useText();
  const go = useGo();
  const [name, setName] = useState('');
  const [typedKey, setTypedKey] = useState<string | null>(null);
  const key = typedKey ?? keyFrom(name);
  const create = useChange<void, ContentBlock>(
    (api) =>
      api.post('/content_blocks', {
        name: name.trim(),
        key,
        content: {
          en: Object.fromEntries(
            parts.map((part) => [part, starterPart(part, t('blocks.starter'))]),
          ),
        },
      }),
    ['/content_blocks'],
  );
  const keyError = errorAt(create.error, '/key');
  return (
    <FormDialog
      title={t('blocks.new')}
      action={t('blocks.new.create')}
      ready={name.trim() !== '' && key !== ''}
      pending={create.isPending}
      problem={create.error && !keyError ? problemWords(create.error, t).detail : null}
      onClose={onClose}
      onSubmit={() =>
        create.mutate(undefined, { onSuccess: ({ id }) => go(`content-blocks/${id}`) })
      }
    >
      <TextInput
        data-autofocus
        label={t('blocks.new.name')}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('blocks.new.key')}
        description={t('blocks.new.keyHint')}
        value={key}
        maxLength={63}
        error={keyError}
        onChange={(event) => setTypedKey(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
