import { Autocomplete, Select, Textarea, TextInput } from '@mantine/core';
import { CUSTOM_FIELD_TYPES, type Field, type FieldGroup } from '@perennial/contracts';
import { useState } from 'react';
import { useChange, useList } from '../../../app/data.ts';
import { FormDialog } from '../../../app/FormDialog.tsx';
import { errorAt, problemOfForm } from '../../../app/form-problem.ts';
import { useText } from '../../../app/text.tsx';
import { fieldTypeWords } from '../field-type-words.ts';
import { choiceDrafts, ChoicesEditor, choicesOf } from './ChoicesEditor.tsx';
import { RulesEditor } from './RulesEditor.tsx';

interface FieldFormProps {
  /** Null to make a new one. */
  field: Field | null;
  onClose: () => void;
}

function draftOf(field: Field | null) {
  return {
    label: field?.label ?? '',
    key: field?.key ?? '',
    type: field?.type ?? 'text',
    group: field?.group ?? '',
    description: field?.description ?? '',
    rules: field?.rules ?? {},
    choices: choiceDrafts(field),
  };
}

/** Makes a field, or changes what of it can change: definitions rely on its key; its type has a dialog. */
export function FieldForm({ field, onClose }: FieldFormProps) {
  const t = useText();
  const groups = useList<FieldGroup>('/fields/groups');
  const [draft, setDraft] = useState(() => draftOf(field));
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const hasChoices = draft.type.endsWith('choice');
  const save = useChange(
    (api) => {
      const shared = {
        label: draft.label.trim() || draft.key.trim(),
        group: draft.group.trim() || null,
        description: draft.description.trim(),
        rules: draft.rules,
        ...(hasChoices ? choicesOf(draft.choices) : {}),
      };
      return field
        ? api.patch(`/fields/${field.id}`, shared)
        : api.post('/fields', { key: draft.key.trim(), type: draft.type, ...shared });
    },
    ['/fields'],
  );
  const submit = () => {
    save.mutate(undefined, { onSuccess: onClose });
  };
  return (
    <FormDialog
      size={560}
      title={t(field ? 'settings.fields.form.edit' : 'settings.fields.form.new')}
      action={t(field ? 'app.save' : 'app.create')}
      ready={draft.key.trim() !== ''}
      pending={save.isPending}
      problem={problemOfForm(save.error, t)}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label={t('settings.fields.form.label')}
        value={draft.label}
        maxLength={100}
        error={errorAt(save.error, '/label')}
        dir="auto"
        onChange={(event) => {
          const label = event.currentTarget.value;
          const follows = field === null && draft.key === keyFrom(draft.label);
          set(follows ? { label, key: keyFrom(label) } : { label });
        }}
      />
      <TextInput
        label={t('settings.fields.form.key')}
        description={t('settings.fields.form.keyHint')}
        value={draft.key}
        maxLength={100}
        readOnly={field !== null}
        variant={field ? 'filled' : 'default'}
        error={errorAt(save.error, '/key')}
        onChange={(event) => set({ key: event.currentTarget.value })}
      />
      <Select
        label={t('settings.fields.form.type')}
        data={CUSTOM_FIELD_TYPES.map((each) => ({
          value: each,
          label: fieldTypeWords(each, t),
        }))}
        value={draft.type}
        readOnly={field !== null}
        variant={field ? 'filled' : 'default'}
        allowDeselect={false}
        onChange={(type) => type && set({ type, rules: {} })}
      />
      {hasChoices ? (
        <ChoicesEditor
          choices={draft.choices}
          error={errorAt(save.error, '/choices')}
          onChange={(choices) => set({ choices })}
        />
      ) : null}
      <RulesEditor
        type={draft.type}
        rules={draft.rules}
        errorAt={(pointer) => errorAt(save.error, pointer)}
        onChange={(rules) => set({ rules })}
      />
      <Autocomplete
        label={t('settings.fields.form.group')}
        data={groups.items.map(({ name }) => name)}
        value={draft.group}
        maxLength={100}
        onChange={(group) => set({ group })}
      />
      <Textarea
        label={t('settings.fields.form.description')}
        description={t('settings.fields.form.descriptionHint')}
        autosize
        minRows={2}
        maxLength={1000}
        value={draft.description}
        dir="auto"
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
    </FormDialog>
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
