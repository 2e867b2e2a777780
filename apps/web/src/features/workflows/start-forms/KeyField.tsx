import { Input } from '@mantine/core';
import { useId } from 'react';
import { useText } from '../../../app/text.tsx';
import type { Vocabulary } from '../../conditions/vocabulary.ts';
import { plainText } from '../blocks-forms/fields/literals.tsx';
import { VariablePick } from '../blocks-forms/fields/VariablePick.tsx';
import { eventParams } from '../blocks-forms/scope/event-params.ts';

interface KeyFieldProps {
  event: unknown;
  vocabulary: Vocabulary;
  value: unknown;
  /** Undefined for the event's own key. */
  onChange: (path: string | undefined) => void;
  error: string | undefined;
}

/** The parameter that tells apart what runs are about, such as orders. */
export function KeyField({ event, vocabulary, value, onChange, error }: KeyFieldProps) {
  const t = useText();
  const id = useId();
  return (
    <Input.Wrapper
      id={id}
      label={t('startForms.key')}
      description={t('startForms.key.hint')}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
    >
      <VariablePick
        id={id}
        kind="event"
        label={t('startForms.key')}
        placeholder={t('startForms.key.none')}
        variables={eventParams(event, vocabulary)}
        none={false}
        value={plainText(value)}
        error={error}
        onChange={(path) => onChange(path === '' ? undefined : path)}
      />
    </Input.Wrapper>
  );
}
