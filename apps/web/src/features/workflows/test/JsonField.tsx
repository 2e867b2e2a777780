import { JsonInput } from '@mantine/core';
import { useText } from '../../../app/text.tsx';

/** What a text holds if it is an object in JSON. */
export function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
    return value as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

interface JsonFieldProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
}

/** An object, written as JSON. */
export function JsonField({ label, value, onChange }: JsonFieldProps) {
  const t = useText();
  return (
    <JsonInput
      label={label}
      value={value}
      onChange={onChange}
      autosize
      minRows={3}
      maxRows={12}
      formatOnBlur
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
      error={readObject(value) === undefined ? t('workflows.test.params.wrong') : null}
    />
  );
}
