import { Button, Input, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../../app/text.tsx';
import classes from './WebhookForm.module.css';

interface SecretFieldProps {
  label?: string;
  ariaLabel?: string;
  description?: string;
  /** What was typed, or the number under which a secret is kept. */
  value: unknown;
  error?: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** A secret that can be given and replaced, and is never shown. */
export function SecretField({
  label,
  ariaLabel,
  description,
  value,
  error,
  onChange,
}: SecretFieldProps) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const isKept = typeof value === 'object' && value !== null && '$secret' in value;
  if (!isKept || typed !== '') {
    return (
      <PasswordInput
        label={label}
        aria-label={ariaLabel}
        description={description}
        value={typed}
        maxLength={1_000}
        autoComplete="new-password"
        error={error}
        onChange={(event) => setTyped(event.currentTarget.value)}
        // Each save seals what is there, so it is saved once, when it is whole.
        onBlur={() => {
          if (typed === '') return;
          onChange(typed);
          setTyped('');
        }}
      />
    );
  }
  return (
    <Input.Wrapper label={label} description={description} error={error}>
      <div className={classes.kept}>
        <span>{t(label === undefined ? 'ownForms.secret.short' : 'ownForms.secret.kept')}</span>
        <Button variant="subtle" size="compact-sm" onClick={() => onChange(undefined)}>
          {t('ownForms.secret.replace')}
        </Button>
      </div>
    </Input.Wrapper>
  );
}
