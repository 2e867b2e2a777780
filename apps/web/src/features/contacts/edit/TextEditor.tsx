import { NumberInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { EditorProps } from './editor-props.ts';

/** One line; Enter and leaving keep it. */
export function TextEditor({ field, value, error, saving, onSave }: EditorProps) {
  const [text, setText] = useState(textOf(value));
  const keep = () => onSave(text.trim() || null);
  return (
    <TextInput
      autoFocus
      size="xs"
      type={field.type === 'email' ? 'email' : 'text'}
      aria-label={field.label}
      dir="auto"
      value={text}
      error={error}
      readOnly={saving}
      maxLength={field.rules.max_length ?? 1000}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
      }}
    />
  );
}

/** Several lines: Enter begins another one, Ctrl or ⌘ with Enter keeps them. */
export function LongTextEditor({ field, value, error, saving, onSave }: EditorProps) {
  const [text, setText] = useState(textOf(value));
  const keep = () => onSave(text.trim() || null);
  return (
    <Textarea
      autoFocus
      autosize
      minRows={3}
      maxRows={12}
      size="xs"
      aria-label={field.label}
      dir="auto"
      value={text}
      error={error}
      readOnly={saving}
      maxLength={field.rules.max_length ?? 5000}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) keep();
      }}
    />
  );
}

export function NumberEditor({ field, value, error, saving, onSave }: EditorProps) {
  const [number, setNumber] = useState<string | number>(typeof value === 'number' ? value : '');
  const keep = () => onSave(number === '' ? null : number);
  return (
    <NumberInput
      autoFocus
      hideControls
      size="xs"
      aria-label={field.label}
      value={number}
      error={error}
      readOnly={saving}
      allowDecimal={field.type === 'decimal'}
      onChange={setNumber}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
      }}
    />
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
