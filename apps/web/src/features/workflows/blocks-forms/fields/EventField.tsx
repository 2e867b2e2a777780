import { Autocomplete } from '@mantine/core';
import { useMemo } from 'react';
import { useText } from '../../../../app/text.tsx';
import type { Vocabulary } from '../../../conditions/vocabulary.ts';
import { VariableOption } from './VariableOption.tsx';
import { plainText } from './literals.tsx';

interface EventFieldProps {
  /** “Event” unless given. */
  label?: string;
  vocabulary: Vocabulary;
  value: unknown;
  onChange: (event: string) => void;
  error: string | undefined;
}

/** An event type that was seen, or one that the app will send. */
export function EventField({ label, vocabulary, value, onChange, error }: EventFieldProps) {
  const t = useText();
  const { events } = vocabulary;
  const names = useMemo(() => new Map(events.map((each) => [each.value, each.label])), [events]);
  const key = plainText(value);
  const isUnseen = key !== '' && !names.has(key);
  return (
    <Autocomplete
      label={label ?? t('blockForms.event')}
      placeholder={t('blockForms.event.placeholder')}
      description={isUnseen ? t('blockForms.event.unseen') : undefined}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      data={[...names.keys()]}
      renderOption={({ option }) => (
        <VariableOption path={option.value} variable={hintOf(option.value)} />
      )}
      limit={100}
      maxDropdownHeight={320}
      maxLength={200}
      dir="auto"
      error={error}
      value={key}
      onChange={onChange}
    />
  );

  function hintOf(path: string) {
    const name = names.get(path);
    return name === undefined || name === path
      ? undefined
      : { path, hint: name, kind: 'text' as const };
  }
}
