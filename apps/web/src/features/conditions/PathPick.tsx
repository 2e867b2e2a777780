import { Autocomplete } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useText } from '../../app/text.tsx';
import { Pick } from './small-inputs.tsx';
import type { Subject } from './subject.ts';
import { isPath } from './vocabulary.ts';
import classes from './Conditions.module.css';

interface PathPickProps {
  label: string;
  subjects: readonly Subject[];
  /** Whether a path that was never seen may be typed. */
  anyPath: boolean;
  value: string | undefined;
  onChange: (path: string) => void;
  /** For one that was asked for just now. */
  autoFocus?: boolean;
}

/** A parameter that was seen, or a path that will be there. */
export function PathPick(props: PathPickProps) {
  const { label, subjects, anyPath, value, onChange, autoFocus = false } = props;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (autoFocus) input.current?.focus();
  }, [autoFocus]);
  const t = useText();
  const options = subjects.map(({ key, label: name }) => ({ value: key, label: name }));
  if (!anyPath) {
    return (
      <Pick
        wide
        searchable
        label={label}
        options={options}
        value={value}
        onChange={onChange}
        inputRef={input}
      />
    );
  }
  const wrong = value !== undefined && value !== '' && !isPath(value);
  return (
    <Autocomplete
      ref={input}
      size="xs"
      className={classes.path ?? ''}
      aria-label={label}
      placeholder={label}
      data={options.map((option) => option.value)}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      maxDropdownHeight={320}
      error={wrong ? t('conditions.path.wrong') : undefined}
      value={value ?? ''}
      onChange={onChange}
    />
  );
}
