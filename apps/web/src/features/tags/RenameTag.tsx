import { TextInput } from '@mantine/core';
import type { Tag } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useShowUndo } from '../../app/show-undo.tsx';
import { useText } from '../../app/text.tsx';
import { renewedByTags } from './tag-kinds.ts';

export function RenameTag({ tag, onClose }: { tag: Tag; onClose: () => void }) {
  const t = useText();
  const showUndo = useShowUndo();
  const showProblem = useShowProblem();
  const [name, setName] = useState(tag.name);
  const rename = useChange<string, Tag>(
    (api, wanted) => api.patch(`/tags/${tag.id}`, { name: wanted }),
    renewedByTags,
  );
  const submit = () =>
    rename.mutate(name.trim(), {
      onSuccess: (renamed) => {
        showUndo(t('tags.renamed', { from: tag.name, to: renamed.name }), () =>
          rename.mutate(tag.name, { onError: showProblem }),
        );
        onClose();
      },
    });
  return (
    <FormDialog
      title={t('tags.rename.title', { name: tag.name })}
      action={t('tags.rename')}
      ready={name.trim() !== '' && name.trim() !== tag.name}
      pending={rename.isPending}
      onClose={onClose}
      onSubmit={submit}
    >
      <TextInput
        data-autofocus
        label={t('tags.new.name')}
        description={t('tags.rename.detail', { n: tag.uses })}
        value={name}
        maxLength={50}
        error={rename.error ? problemWords(rename.error, t).detail : null}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
