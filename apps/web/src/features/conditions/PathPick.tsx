import { Autocomplete } from '@mantine/core';
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
}

/** A parameter that was seen, or a path that will be there. */
export function PathPick({ label, subjects, anyPath, value, onChange }: PathPickProps) {
  const t = useText();
  const options = subjects.map(({ key, label: name }) => ({ value: key, label: name }));
  if (!anyPath) {
    return (
      <Pick wide searchable label={label} options={options} value={value} onChange={onChange} />
    );
  }
  const wrong = value !== undefined && value !== '' && !isPath(value);
  return (
    <Autocomplete
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
