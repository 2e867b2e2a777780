import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { CHOICE_COLORS, type Field } from '@perennial/contracts';
import { IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { useText } from '../../../app/text.tsx';
import classes from './Fields.module.css';

export interface ChoiceDraft {
  value: string;
  label: string;
  color: string | null;
}

interface ChoicesEditorProps {
  choices: ChoiceDraft[];
  error: string | undefined;
  onChange: (choices: ChoiceDraft[]) => void;
}

/** Choices in their order, each with the label and colour that people see. */
export function ChoicesEditor({ choices, error, onChange }: ChoicesEditorProps) {
  const t = useText();
  const set = (at: number, change: Partial<ChoiceDraft>) =>
    onChange(choices.map((choice, n) => (n === at ? { ...choice, ...change } : choice)));
  const up = (at: number) => {
    const moved = choices[at];
    if (moved) onChange(choices.toSpliced(at, 1).toSpliced(at - 1, 0, moved));
  };
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend className={classes.section}>{t('settings.fields.form.choices')}</legend>
      <p className={classes.muted}>{t('settings.fields.form.choicesHint')}</p>
      {choices.map((choice, at) => (
        <div key={at} className={classes.choice}>
          <ActionIcon
            size={20}
            disabled={at === 0}
            aria-label={t('settings.fields.form.choiceUp', { choice: choice.value })}
            onClick={() => up(at)}
          >
            <IconArrowUp size={14} />
          </ActionIcon>
          <TextInput
            size="xs"
            aria-label={t('settings.fields.form.choiceValue')}
            placeholder={t('settings.fields.form.choiceValue')}
            value={choice.value}
            maxLength={200}
            dir="auto"
            onChange={(event) => set(at, { value: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            aria-label={t('settings.fields.form.choiceLabel')}
            placeholder={choice.value || t('settings.fields.form.choiceLabel')}
            value={choice.label}
            maxLength={200}
            dir="auto"
            onChange={(event) => set(at, { label: event.currentTarget.value })}
          />
          <Select
            size="xs"
            clearable
            aria-label={t('settings.fields.form.choiceColor')}
            placeholder={t('settings.fields.form.choiceColor')}
            data={CHOICE_COLORS.map((color) => ({
              value: color,
              label: t(`settings.fields.color.${color}`),
            }))}
            value={choice.color}
            onChange={(color) => set(at, { color })}
          />
          <ActionIcon
            size={28}
            aria-label={t('settings.fields.form.choiceRemove', { choice: choice.value })}
            onClick={() => onChange(choices.toSpliced(at, 1))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      {error ? (
        <p role="alert" style={{ color: 'var(--p-danger)', fontSize: 13 }}>
          {error}
        </p>
      ) : null}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...choices, { value: '', label: '', color: null }])}
      >
        {t('settings.fields.form.choiceAdd')}
      </Button>
    </fieldset>
  );
}

export function choiceDrafts(field: Field | null): ChoiceDraft[] {
  return (field?.choices ?? []).map((value) => ({
    value,
    label: field?.choice_looks[value]?.label ?? '',
    color: field?.choice_looks[value]?.color ?? null,
  }));
}

/** Choices and their looks as the server takes them; lines left empty are none. */
export function choicesOf(drafts: readonly ChoiceDraft[]) {
  const filled = drafts.filter(({ value }) => value.trim() !== '');
  const looks = filled.map(({ value, label, color }) => [
    value.trim(),
    { ...(label.trim() ? { label: label.trim() } : {}), ...(color ? { color } : {}) },
  ]);
  return {
    choices: filled.map(({ value }) => value.trim()),
    choice_looks: Object.fromEntries(looks) as Field['choice_looks'],
  };
}
