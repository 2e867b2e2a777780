import { Alert, Button, Group, Modal, Textarea, TextInput } from '@mantine/core';
import type { NewSegment, Segment } from '@perennial/contracts';
import { useState, type FormEvent } from 'react';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { TagsField } from './TagsField.tsx';
import classes from './Segments.module.css';

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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    create.mutate(
      { name: name.trim(), kind: 'list', purpose: purpose.trim(), tags },
      { onSuccess: ({ id }) => go(`segments/${id}`) },
    );
  };
  return (
    <Modal opened onClose={onClose} title={t('segments.new')} size={480}>
      <form className={classes.form} onSubmit={submit}>
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
        {create.error ? (
          <Alert color="red" variant="light">
            {problemWords(create.error, t).detail}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={create.isPending}>
            {t('segments.new.go')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
