import { JsonInput, NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { LiquidInput } from '../liquid-input/LiquidInput.tsx';
import type { FormField } from './fields-of.ts';

type ScalarKind = Exclude<FormField, { kind: 'group' | 'list' }>;

interface ScalarFieldProps {
  field: ScalarKind;
  /** A JSON pointer, by which whoever listens to focus knows the field. */
  pointer: string;
  label: string;
  hint: string | undefined;
  error: string | undefined;
  readOnly: boolean | undefined;
  liquid: boolean | undefined;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** The control of one member that is no object. */
export function ScalarField({
  field,
  pointer,
  label,
  hint,
  error,
  readOnly,
  liquid,
  value,
  onChange,
}: ScalarFieldProps) {
  const shared = {
    'data-pointer': pointer,
    label,
    description: hint,
    error,
    required: field.required,
    withAsterisk: field.required,
    readOnly: Boolean(readOnly),
  };
  const shown = value ?? field.default;
  const Line = liquid ? LiquidInput : TextInput;
  switch (field.kind) {
    case 'switch':
      return (
        <Switch
          label={label}
          description={hint}
          checked={shown === true}
          disabled={Boolean(readOnly)}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <Select
          {...shared}
          data={field.options}
          value={typeof shown === 'string' ? shown : null}
          clearable={!field.required && field.default === undefined}
          onChange={(next) => onChange(next ?? undefined)}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...shared}
          value={typeof shown === 'number' ? shown : ''}
          allowDecimal={!field.integer}
          min={field.minimum ?? Number.MIN_SAFE_INTEGER}
          max={field.maximum ?? Number.MAX_SAFE_INTEGER}
          onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
        />
      );
    case 'json':
      return <JsonField shared={shared} value={value} onChange={onChange} />;
    case 'long':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={3}
          maxRows={14}
          dir="auto"
          value={asText(shown)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'text':
      return (
        <Line
          {...shared}
          dir="auto"
          value={asText(shown)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

interface JsonFieldProps {
  shared: { label: string; description: string | undefined; error: string | undefined };
  value: unknown;
  onChange: (value: unknown) => void;
}

/** Keeps what is typed while it is not JSON yet. */
function JsonField({ shared, value, onChange }: JsonFieldProps) {
  const [typed, setTyped] = useState(value === undefined ? '' : JSON.stringify(value, null, 2));
  return (
    <JsonInput
      {...shared}
      autosize
      minRows={3}
      formatOnBlur
      value={typed}
      onChange={(next) => {
        setTyped(next);
        const parsed = parse(next);
        if (parsed.ok) onChange(parsed.value);
      }}
    />
  );
}

function parse(text: string): { ok: true; value: unknown } | { ok: false } {
  if (text.trim() === '') return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false };
  }
}

/** A number may stand where a template may, too. */
function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
