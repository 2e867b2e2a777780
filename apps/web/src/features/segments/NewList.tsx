import { Textarea, TextInput } from '@mantine/core';
import type { NewSegment, Segment } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { TagsField } from './TagsField.tsx';

/** Names a new list and opens it. */
export function NewList({ onClose }: { onClose: () => void }) {
  const t = useText();
  const go = useGo();
  const [name, setName] = useState('');
  const [purpose, setPurpose] = useState('');
  const [tags, setTags] = useState<string[]>([]);
  const create = useChange(
    (api, body: NewSegment) => api.post<Segment>('/segments', body),
    ['/segments', '/tags'],
  );
  const submit = () => {
    if (name.trim() === '') return;
    create.mutate(
      { name: name.trim(), kind: 'list', purpose: purpose.trim(), tags },
      { onSuccess: ({ id }) => go(`segments/${id}`) },
    );
  };
  return (
    <FormDialog
      title={t('segments.new')}
      size={480}
      action={t('segments.new.go')}
      ready={name.trim() !== ''}
      pending={create.isPending}
      problem={create.error ? problemWords(create.error, t).detail : null}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label={t('segments.new.name')}
        description={t('segments.new.nameHint')}
        value={name}
        maxLength={200}
        dir="auto"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={t('segments.new.purpose')}
        description={t('segments.new.purposeHint')}
        value={purpose}
        maxLength={2000}
        autosize
        minRows={2}
        maxRows={8}
        dir="auto"
        onChange={(event) => setPurpose(event.currentTarget.value)}
      />
      <TagsField label={t('segments.new.tags')} value={tags} onChange={setTags} />
    </FormDialog>
  );
}
