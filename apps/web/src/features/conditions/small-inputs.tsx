import { NumberInput, Select, TextInput } from '@mantine/core';
import type { Json } from '@perennial/conditions';
import { useState, type Ref } from 'react';
import { useText } from '../../app/text.tsx';
import { readNumber } from './predicate.ts';
import type { Choice } from './subject.ts';
import classes from './Conditions.module.css';

interface PickProps {
  label: string;
  options: readonly Choice[] | readonly { group: string; items: readonly Choice[] }[];
  value: string | undefined;
  onChange: (value: string) => void;
  searchable?: boolean;
  /** Wider for names that people gave. */
  wide?: boolean;
  /** For a choice that is made before anything else can be. */
  autoFocus?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}

/** One of some words, as wide as they are. */
export function Pick(props: PickProps) {
  const { label, options, value, onChange, searchable, wide, autoFocus, inputRef } = props;
  const t = useText();
  return (
    <Select
      {...(inputRef && { ref: inputRef })}
      size="xs"
      className={(wide ? classes.wide : classes.pick) ?? ''}
      aria-label={label}
      placeholder={t('conditions.choose')}
      data={withKept(options, value) as never}
      searchable={searchable ?? false}
      // A form that opens is looked at first: its lists open when they are asked for.
      openOnFocus={false}
      selectFirstOptionOnChange
      data-autofocus={autoFocus || undefined}
      allowDeselect={false}
      nothingFoundMessage={t('conditions.nothing')}
      maxDropdownHeight={320}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      value={value ?? null}
      onChange={(chosen) => chosen !== null && onChange(chosen)}
    />
  );
}

/** What stands in a condition stays to be seen when it is no choice any more. */
function withKept(options: PickProps['options'], value: string | undefined) {
  const flat = options.flatMap((option) => ('items' in option ? option.items : [option]));
  const isKnown = value === undefined || flat.some((option) => option.value === value);
  return isKnown ? options : [...options, { value, label: value }];
}

interface NumberFieldProps {
  label: string;
  value: Json | undefined;
  onChange: (value: number | undefined) => void;
  min?: number;
  max?: number;
  whole?: boolean;
}

/** A number; undefined while none is typed. */
export function NumberField({ label, value, onChange, min, max, whole }: NumberFieldProps) {
  return (
    <NumberInput
      size="xs"
      className={classes.number ?? ''}
      aria-label={label}
      hideControls
      allowDecimal={!whole}
      {...(min !== undefined && { min, allowNegative: min < 0 })}
      {...(max !== undefined && { max })}
      value={typeof value === 'number' ? value : ''}
      onChange={(typed) => onChange(typed === '' ? undefined : readNumber(String(typed)))}
    />
  );
}

interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  /** What is wrong with the text as it stands; it is told when the field is left. */
  problem?: (text: string) => string | undefined;
}

/** A text that is told to be wrong only once it is left. */
export function TextField({ label, value, onChange, placeholder, problem }: TextFieldProps) {
  const [left, setLeft] = useState(false);
  return (
    <TextInput
      size="xs"
      className={classes.text ?? ''}
      aria-label={label}
      placeholder={placeholder ?? label}
      dir="auto"
      error={left ? problem?.(value) : undefined}
      value={value}
      onBlur={() => setLeft(true)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
