import { MultiSelect, Select, TagsInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useIntl } from 'react-intl';
import { useText } from '../../../app/text.tsx';
import { offeredLanguages } from '../../messages/offered-languages.ts';
import { zoneNames } from '../../session/regions.ts';
import type { CardField } from './card-field.ts';
import type { EditorProps } from './editor-props.ts';
import { TextEditor } from './TextEditor.tsx';

interface Option {
  value: string;
  label: string;
}

/** One of some: choosing keeps it at once, clearing takes the value away. */
function OneOf({ field, value, error, onSave, options }: EditorProps & { options: Option[] }) {
  const text = typeof value === 'string' ? value : null;
  const known = text === null || options.some((option) => option.value === text);
  const data = known ? options : [{ value: text, label: text }, ...options];
  return (
    <Select
      autoFocus
      defaultDropdownOpened
      searchable={data.length > 8}
      clearable
      size="xs"
      aria-label={field.label}
      data={data}
      value={text}
      error={error}
      comboboxProps={{ withinPortal: false }}
      onChange={(next) => onSave(next)}
    />
  );
}

export function BooleanEditor({ value, onSave, ...props }: EditorProps) {
  const t = useText();
  const options = [
    { value: 'true', label: t('ui.yes') },
    { value: 'false', label: t('ui.no') },
  ];
  return (
    <OneOf
      {...props}
      value={typeof value === 'boolean' ? String(value) : null}
      options={options}
      onSave={(next) => onSave(next === null ? null : next === 'true')}
    />
  );
}

export function ChoiceEditor(props: EditorProps) {
  // Without choices every value is one.
  if (!props.field.choices?.length) return <TextEditor {...props} />;
  return <OneOf {...props} options={optionsOf(props.field)} />;
}

export function LanguageEditor(props: EditorProps) {
  const intl = useIntl();
  const options = offeredLanguages.map((value) => ({
    value,
    label: intl.formatDisplayName(value, { type: 'language', fallback: 'code' }) ?? value,
  }));
  return <OneOf {...props} options={options} />;
}

export function ZoneEditor(props: EditorProps) {
  const { value } = props;
  const options = useMemo(() => zoneNames(typeof value === 'string' ? value : null), [value]);
  return <OneOf {...props} options={options} />;
}

export function MultipleChoiceEditor({ field, value, error, onSave }: EditorProps) {
  const [chosen, setChosen] = useState(
    Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [],
  );
  const shared = {
    autoFocus: true,
    size: 'xs',
    'aria-label': field.label,
    value: chosen,
    error,
    clearable: true,
    comboboxProps: { withinPortal: false },
    onChange: setChosen,
    onBlur: () => onSave(chosen.length > 0 ? chosen : null),
  } as const;
  if (!field.choices?.length) return <TagsInput {...shared} />;
  return <MultiSelect {...shared} data={withUnknown(optionsOf(field), chosen)} />;
}

function optionsOf({ choices, looks }: CardField): Option[] {
  return (choices ?? []).map((value) => ({ value, label: looks[value]?.label ?? value }));
}

/** Choices that are none any more stay until somebody takes them out. */
function withUnknown(options: Option[], chosen: string[]): Option[] {
  const known = new Set(options.map((option) => option.value));
  const others = chosen.filter((value) => !known.has(value));
  return [...options, ...others.map((value) => ({ value, label: value }))];
}
