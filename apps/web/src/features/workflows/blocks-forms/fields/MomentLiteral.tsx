import { MomentField } from '../../../conditions/ValueFields.tsx';
import type { Json } from '@perennial/conditions';
import { Input } from '@mantine/core';
import type { LiteralProps } from './literals.tsx';

/** A day, with a time if wanted. */
export function MomentLiteral({ label, value, onChange, error }: LiteralProps) {
  return (
    <Input.Wrapper error={error}>
      <MomentField label={label} value={value as Json | undefined} onChange={onChange} />
    </Input.Wrapper>
  );
}
