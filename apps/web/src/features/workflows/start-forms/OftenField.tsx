import { Select } from '@mantine/core';
import { useText } from '../../../app/text.tsx';
import { recordOf } from '../blocks-forms/record-of.ts';
import { SpanField } from './SpanField.tsx';

interface OftenFieldProps {
  label: string;
  hint: string;
  /** What the language calls it where nothing is held back. */
  always: 'each' | 'always';
  words: 'unique' | 'reentry';
  value: unknown;
  /** Undefined for the usual. */
  onChange: (often: unknown) => void;
  error: string | undefined;
}

const KINDS = ['always', 'once', 'within'] as const;

/** Each time, once ever, or once within a time. */
export function OftenField({
  label,
  hint,
  always,
  words,
  value,
  onChange,
  error,
}: OftenFieldProps) {
  const t = useText();
  const kind = value === 'once' ? 'once' : typeof value === 'object' ? 'within' : 'always';
  return (
    <>
      <Select
        label={label}
        description={hint}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        data={KINDS.map((each) => ({ value: each, label: t(`startForms.${words}.${each}`) }))}
        allowDeselect={false}
        error={kind === 'within' ? undefined : error}
        value={kind}
        onChange={(chosen) => onChange(oftenOf(chosen))}
      />
      {kind === 'within' ? (
        <SpanField
          label={t('startForms.within')}
          value={recordOf(value)}
          onChange={onChange}
          error={error}
        />
      ) : null}
    </>
  );

  function oftenOf(chosen: string | null): unknown {
    if (chosen === 'within') return { n: 7, unit: 'day' };
    return chosen === 'once' ? 'once' : always;
  }
}
