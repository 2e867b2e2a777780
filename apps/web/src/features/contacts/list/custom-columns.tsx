import type { Contact } from '@perennial/contracts';
import { Time, type Column } from '@perennial/ui';
import type { ReactNode } from 'react';
import type { Subject } from './subjects.ts';

const PREFIX = 'field:custom.';

/** A column for each custom field, off until chosen. */
export function customColumns(subjects: readonly Subject[]): Column<Contact>[] {
  return subjects
    .filter(({ key }) => key.startsWith(PREFIX))
    .map(({ key, label, type }): Column<Contact> => {
      const name = key.slice(PREFIX.length);
      return {
        id: `custom.${name}`,
        header: label,
        width: 130,
        optional: true,
        ...(type === 'number' && { align: 'end' as const }),
        ...(type !== 'list' && { sort: `custom.${name}` }),
        cell: ({ custom }) => shown(custom[name]),
      };
    });
}

function shown(value: unknown): ReactNode {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value)) return <Time at={value} />;
  return <span dir="auto">{typeof value === 'string' ? value : JSON.stringify(value)}</span>;
}
