import { MultiSelect, TagsInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Choice } from '../../../conditions/subject.ts';
import { plainText, type LiteralProps } from './literals.tsx';

/** Several texts: of those that a field allows, or any. */
export function ListLiteral(choices: readonly Choice[] | undefined) {
  return function Literal({ id, value, onChange, error }: LiteralProps): ReactNode {
    const items = Array.isArray(value) ? value.map(plainText) : value ? [plainText(value)] : [];
    const change = (next: string[]) => onChange(next.length > 0 ? next : undefined);
    const shared = { id, error, value: items, onChange: change };
    return choices ? (
      <MultiSelect
        {...shared}
        searchable
        data={choices.map(({ value: key, label }) => ({ value: key, label }))}
      />
    ) : (
      <TagsInput {...shared} />
    );
  };
}
