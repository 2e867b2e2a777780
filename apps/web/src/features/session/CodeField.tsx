import { Input, PinInput } from '@mantine/core';
import { useEffect, useState } from 'react';

interface CodeFieldProps {
  label: string;
  error: string | null;
  pending: boolean;
  /** Called with the six digits as soon as they are there. */
  onComplete: (code: string) => void;
}

/** Six boxes for a one-time code; empties itself when a code was refused. */
export function CodeField({ label, error, pending, onComplete }: CodeFieldProps) {
  const [code, setCode] = useState('');
  useEffect(() => {
    if (error) setCode('');
  }, [error]);
  return (
    <Input.Wrapper label={label} error={error} role="group" aria-label={label}>
      <PinInput
        length={6}
        type="number"
        oneTimeCode
        placeholder=""
        autoFocus
        aria-label={label}
        size="md"
        gap="xs"
        value={code}
        error={Boolean(error)}
        disabled={pending}
        onChange={setCode}
        onComplete={onComplete}
      />
    </Input.Wrapper>
  );
}
