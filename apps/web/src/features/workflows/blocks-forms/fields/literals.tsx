import { NumberInput, Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

/** What the control of a value that is written out is given. */
export interface LiteralProps {
  id: string;
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
  error: string | undefined;
}

/** A line of text. */
export function TextLiteral({ id, value, onChange, error }: LiteralProps): ReactNode {
  return (
    <TextInput
      id={id}
      dir="auto"
      maxLength={1_000}
      error={error}
      value={plainText(value)}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
    />
  );
}

/** A number of any kind. */
export function NumberLiteral({ id, value, onChange, error }: LiteralProps): ReactNode {
  return (
    <NumberInput
      id={id}
      hideControls
      error={error}
      value={typeof value === 'number' ? value : ''}
      onChange={(typed) => onChange(typeof typed === 'number' ? typed : undefined)}
    />
  );
}

/** A whole number from 1. */
export function CountLiteral({ id, value, onChange, error }: LiteralProps): ReactNode {
  return (
    <NumberInput
      id={id}
      min={1}
      allowDecimal={false}
      allowNegative={false}
      error={error}
      value={typeof value === 'number' ? value : ''}
      onChange={(typed) => onChange(typeof typed === 'number' ? typed : undefined)}
    />
  );
}

/** A time of day. */
export function TimeLiteral({ id, value, onChange, error }: LiteralProps): ReactNode {
  return (
    <TextInput
      id={id}
      type="time"
      error={error}
      value={plainText(value)}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
    />
  );
}

/** One of some words; one that is none of them any more stays to be seen. */
export function choiceLiteral(options: readonly { value: string; label: string }[]) {
  return function ChoiceLiteral({ id, value, onChange, error }: LiteralProps): ReactNode {
    const text = plainText(value);
    const isKnown = text === '' || options.some((option) => option.value === text);
    return (
      <Select
        id={id}
        searchable
        data={isKnown ? [...options] : [...options, { value: text, label: text }]}
        error={error}
        value={text === '' ? null : text}
        onChange={(chosen) => onChange(chosen ?? undefined)}
      />
    );
  };
}

/** What is no text is shown as JSON, and stays so until somebody types. */
export function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
