import { Alert, Button, Group, Modal, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Freeze, FrozenList, SegmentDetail } from '@perennial/contracts';
import { useState, type FormEvent } from 'react';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import classes from './Segments.module.css';

/** Names a list that keeps those who are in a segment now. */
export function FreezeSegment({
  segment,
  onClose,
}: {
  segment: SegmentDetail;
  onClose: () => void;
}) {
  const t = useText();
  const go = useGo();
  const [name, setName] = useState(t('segments.freeze.name', { name: segment.name }).slice(0, 200));
  const freeze = useChange<Freeze, FrozenList>(
    (api, body) => api.post(`/segments/${segment.id}/freeze`, body),
    ['/segments', '/jobs'],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    freeze.mutate(
      { name: name.trim() },
      {
        onSuccess: (list) => {
          notifications.show({ message: t('segments.freeze.begun', { name: list.name }) });
          onClose();
          go(`segments/${list.id}`);
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={t('segments.freeze')} size={480}>
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.muted}>{t('segments.freeze.hint', { count: segment.size })}</p>
        <TextInput
          data-autofocus
          label={t('segments.new.name')}
          value={name}
          maxLength={200}
          dir="auto"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {freeze.error ? (
          <Alert color="red" variant="light">
            {problemWords(freeze.error, t).detail}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={freeze.isPending}>
            {t('segments.freeze.go')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
