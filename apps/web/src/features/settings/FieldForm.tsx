import { Alert, Button, Group, Modal, Select, TagsInput, TextInput } from '@mantine/core';
import { CUSTOM_FIELD_TYPES, type Field } from '@perennial/contracts';
import { useState, type FormEvent } from 'react';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { fieldTypeWords } from './field-type-words.ts';
import classes from './Settings.module.css';

interface FieldFormProps {
  /** Null to make a new one. */
  field: Field | null;
  onClose: () => void;
}

/** Makes a field, or changes what of it can change: stored values rely on key and type. */
export function FieldForm({ field, onClose }: FieldFormProps) {
  const t = useText();
  const [label, setLabel] = useState(field?.label ?? '');
  const [key, setKey] = useState(field?.key ?? '');
  const [type, setType] = useState<string>(field?.type ?? 'text');
  const [group, setGroup] = useState(field?.group ?? '');
  const [choices, setChoices] = useState(field?.choices ?? []);
  const hasChoices = type.endsWith('choice');
  const save = useChange(
    (api) => {
      const shared = {
        label: label.trim() || key.trim(),
        group: group.trim() || null,
        ...(hasChoices ? { choices } : {}),
      };
      return field
        ? api.patch(`/fields/${field.id}`, shared)
        : api.post('/fields', { key: key.trim(), type, ...shared });
    },
    ['/fields'],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined, { onSuccess: onClose });
  };
  const errorAt = (path: string) =>
    save.error?.errors.find((error) => error.path === path)?.message;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(field ? 'settings.fields.form.edit' : 'settings.fields.form.new')}
    >
      <form className={classes.dialogForm} onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t('settings.fields.form.label')}
          value={label}
          maxLength={100}
          error={errorAt('/label')}
          dir="auto"
          onChange={(event) => setLabel(event.currentTarget.value)}
          onBlur={() => {
            if (key === '') setKey(keyFrom(label));
          }}
        />
        <TextInput
          label={t('settings.fields.form.key')}
          description={t('settings.fields.form.keyHint')}
          value={key}
          maxLength={100}
          readOnly={field !== null}
          variant={field ? 'filled' : 'default'}
          error={errorAt('/key')}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        <Select
          label={t('settings.fields.form.type')}
          data={CUSTOM_FIELD_TYPES.map((each) => ({
            value: each,
            label: fieldTypeWords(each, t),
          }))}
          value={type}
          readOnly={field !== null}
          variant={field ? 'filled' : 'default'}
          allowDeselect={false}
          onChange={(next) => next && setType(next)}
        />
        {hasChoices ? (
          <TagsInput
            label={t('settings.fields.form.choices')}
            description={t('settings.fields.form.choicesHint')}
            value={choices}
            onChange={setChoices}
            error={errorAt('/choices')}
          />
        ) : null}
        <TextInput
          label={t('settings.fields.form.group')}
          value={group}
          maxLength={100}
          onChange={(event) => setGroup(event.currentTarget.value)}
        />
        {save.error && save.error.errors.length === 0 ? (
          <Alert color="red" variant="light">
            {problemWords(save.error, t).detail}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" disabled={key.trim() === ''} loading={save.isPending}>
            {t(field ? 'app.save' : 'app.create')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

/** A key from a name: lower case, words joined. */
function keyFrom(label: string): string {
  return label
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}
