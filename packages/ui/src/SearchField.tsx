import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useUiText } from './use-ui-text.ts';
import classes from './SearchField.module.css';

interface SearchFieldProps {
  label: string;
  value: string;
  /** Called when typing pauses, at once on Enter and on clearing. */
  onChange: (value: string) => void;
  autoFocus?: boolean;
}

/** A search box that asks when typing pauses. Escape clears it. */
export function SearchField({ label, value, onChange, autoFocus }: SearchFieldProps) {
  const text = useUiText();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed.trim()), 250);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  const clear = () => {
    setTyped('');
    onChange('');
  };
  return (
    <TextInput
      className={classes.root}
      aria-label={label}
      placeholder={label}
      value={typed}
      data-autofocus={autoFocus || undefined}
      leftSection={<IconSearch size={16} />}
      rightSection={
        typed ? <CloseButton size="sm" aria-label={text('ui.clear')} onClick={clear} /> : null
      }
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onChange(typed.trim());
        if (event.key === 'Escape' && typed) clear();
      }}
    />
  );
}
