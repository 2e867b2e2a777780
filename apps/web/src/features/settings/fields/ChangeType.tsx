import { Alert, Button, Group, Modal, Select } from '@mantine/core';
import {
  CUSTOM_FIELD_TYPES,
  type Field,
  type FieldTypeChange,
  type FieldTypePreview,
  type Job,
} from '@perennial/contracts';
import { SkeletonLines } from '@perennial/ui';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type FormEvent } from 'react';
import { useChange } from '../../../app/data.ts';
import { problemWords } from '../../../app/problem-words.ts';
import { useText } from '../../../app/text.tsx';
import { useTray } from '../../jobs/tray.ts';
import { fieldTypeWords } from '../field-type-words.ts';
import { choiceDrafts, ChoicesEditor, choicesOf } from './ChoicesEditor.tsx';
import { TypePreview } from './TypePreview.tsx';
import { useTypePreview } from './use-type-preview.ts';
import classes from '../Settings.module.css';
import fieldClasses from './Fields.module.css';

/** Choices are typed letter by letter, and every look reads all values. */
const PAUSE_MS = 500;

/** Another type for a field: shows what becomes of each value before it is done. */
export function ChangeType({ field, onClose }: { field: Field; onClose: () => void }) {
  const t = useText();
  const tray = useTray();
  const [type, setType] = useState<FieldTypeChange['type'] | null>(null);
  const [choices, setChoices] = useState(() => choiceDrafts(field));
  const hasChoices = type?.endsWith('choice') === true;
  const wanted: FieldTypeChange | undefined =
    type === null ? undefined : { type, ...(hasChoices && choicesOf(choices)) };
  const [settled] = useDebouncedValue(wanted, PAUSE_MS);
  const asked = settled?.type === wanted?.type ? settled : wanted;
  const preview = useTypePreview(field, asked);
  const isCurrent = JSON.stringify(asked) === JSON.stringify(wanted);
  const shown = isCurrent ? preview.data : undefined;
  const change = useChange(
    (api, body: FieldTypeChange) => api.post<Job>(`/fields/${field.id}/type`, body),
    ['/fields', '/jobs'],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!wanted || !shown?.allowed) return;
    change.mutate(wanted, {
      onSuccess: (job) => {
        tray.follow(job.id);
        onClose();
      },
    });
  };
  const problem = change.error ?? preview.error;
  return (
    <Modal
      opened
      onClose={onClose}
      size={600}
      title={t('settings.fields.typeChange.title', { field: field.label })}
    >
      <form className={classes.dialogForm} onSubmit={submit}>
        <Select
          data-autofocus
          label={t('settings.fields.typeChange.to')}
          description={t('settings.fields.typeChange.now', {
            type: fieldTypeWords(field.type, t),
          })}
          data={CUSTOM_FIELD_TYPES.filter((each) => each !== field.type).map((each) => ({
            value: each,
            label: fieldTypeWords(each, t),
          }))}
          value={type}
          allowDeselect={false}
          onChange={(next) => setType(next)}
        />
        {hasChoices ? (
          <ChoicesEditor choices={choices} error={undefined} onChange={setChoices} />
        ) : null}
        {wanted && !shown && !problem ? <SkeletonLines lines={4} /> : null}
        {shown ? <TypePreview preview={shown} /> : null}
        {problem ? (
          <Alert color="red" variant="light">
            {problemWords(problem, t).detail}
          </Alert>
        ) : null}
        {shown?.allowed ? (
          <p className={fieldClasses.muted}>
            {t('settings.fields.typeChange.hint', { cannot: shown.cannot })}
          </p>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" disabled={!shown?.allowed} loading={change.isPending}>
            {t('settings.fields.typeChange.go', { count: changingOf(shown) })}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

function changingOf(preview: FieldTypePreview | undefined): number {
  return preview ? preview.converted + preview.cannot : 0;
}
