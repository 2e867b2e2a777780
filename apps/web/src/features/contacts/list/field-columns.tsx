import type { Contact, Field } from '@perennial/contracts';
import { Time, type Column } from '@perennial/ui';
import type { ReactNode } from 'react';
import { cardField, valueOf, type CardField } from '../edit/card-field.ts';
import { FieldText } from '../FieldText.tsx';

/** Those that `contactColumns` shows in a form of their own. */
const SHOWN = new Set(['email', 'phone', 'source']);
const NUMBERS = new Set(['integer', 'decimal']);
const UNSORTED = new Set(['multiple_choice', 'long_text']);

/** A column for each other field of the workspace, off until chosen. */
export function fieldColumns(fields: readonly Field[]): Column<Contact>[] {
  return fields
    .filter((field) => field.archived_at === null && !(field.system && SHOWN.has(field.key)))
    .map(cardField)
    .map((field): Column<Contact> => ({
      id: field.key,
      header: field.label,
      width: 130,
      optional: true,
      ...(NUMBERS.has(field.type) && { align: 'end' as const }),
      ...(!field.system && !UNSORTED.has(field.type) && { sort: field.key }),
      cell: (contact) => shown(valueOf(contact, field.key), field),
    }));
}

function shown(value: unknown, field: CardField): ReactNode {
  if (value === null || (Array.isArray(value) && value.length === 0)) return null;
  if (field.type === 'date_time') return <Time at={value as string} />;
  return (
    <span dir="auto">
      <FieldText value={value} field={field} />
    </span>
  );
}
