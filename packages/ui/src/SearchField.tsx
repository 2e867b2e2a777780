import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useUiText } from './use-ui-text.ts';
import classes from './SearchField.module.css';

const PAUSE_MS = 250;

interface SearchFieldProps {
  label: string;
  value: string;
  /** Called when typing pauses, and at once on Enter, on clearing and when the field is left. */
  onChange: (value: string) => void;
  autoFocus?: boolean;
}

/** A search box that asks when typing pauses. Escape clears it. */
export function SearchField({ label, value, onChange, autoFocus }: SearchFieldProps) {
  const text = useUiText();
  const [typed, setTyped] = useState(value);
  const asked = useRef(value);
  const ask = (words: string): void => {
    const wanted = words.trim();
    if (wanted === asked.current) return;
    asked.current = wanted;
    onChange(wanted);
  };
  const askTyped = useEffectEvent(() => ask(typed));
  useEffect(() => {
    const timer = setTimeout(askTyped, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => {
    // What one asked comes back as the value, and must not undo what one typed since.
    if (value === asked.current) return;
    asked.current = value;
    setTyped(value);
  }, [value]);
  const clear = () => {
    setTyped('');
    ask('');
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
      // Whoever goes on to a page has asked before: asked later, the list would call her back.
      onBlur={() => ask(typed)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') ask(typed);
        if (event.key === 'Escape' && typed) clear();
      }}
    />
  );
}
