import type { FieldCatalogue, SqlSubject } from '@perennial/conditions';
import { PLATFORMS_OF_CONTACT } from '../device-platforms.ts';
import type { Put } from './statement.ts';

/** Fields that are columns of their own, or of a table of their own. */
const COLUMNS: Record<string, SqlSubject> = {
  id: { type: 'text', expression: 'contacts.id::text' },
  external_id: { type: 'text', expression: 'contacts.external_id' },
  email: { type: 'text', expression: 'contacts.email' },
  phone: { type: 'text', expression: 'contacts.phone' },
  source: { type: 'text', expression: 'contacts.source' },
  device_platform: { type: 'list', expression: PLATFORMS_OF_CONTACT },
  created_at: { type: 'moment', form: 'instant', expression: 'contacts.created_at' },
  updated_at: { type: 'moment', form: 'instant', expression: 'contacts.updated_at' },
  last_seen_at: { type: 'moment', form: 'instant', expression: 'contacts.last_seen_at' },
};

/** Whether a field lies in a column of its own or in another table, and so in no index of values. */
export function isColumn(name: string): boolean {
  return Object.hasOwn(COLUMNS, name);
}

/** Where the value of a field lies; the field must be in the catalogue. */
export function fieldSource(
  name: string,
  { fields, put }: { fields: FieldCatalogue; put: Put },
): SqlSubject {
  if (isColumn(name)) return COLUMNS[name]!;
  const key = put(name, 'text');
  const value = `contacts.fields -> ${key}`;
  const text = `(contacts.fields ->> ${key})`;
  switch (fields(name)?.type) {
    case 'integer':
    case 'decimal':
      return { type: 'number', expression: ofType(value, 'number', `(${value})::numeric`) };
    case 'boolean':
      return { type: 'boolean', expression: ofType(value, 'boolean', `(${value})::boolean`) };
    case 'multiple_choice':
      return { type: 'list', expression: ofType(value, 'array', `(${value})`) };
    case 'date':
      return { type: 'moment', form: 'day', expression: text };
    case 'date_time':
      return { type: 'moment', form: 'iso', expression: text };
    default:
      return { type: 'text', expression: text };
  }
}

/** A cast that meets no other kind of value: fields of old backups may hold them. */
function ofType(value: string, type: string, expression: string): string {
  return `(case when jsonb_typeof(${value}) = '${type}' then ${expression} end)`;
}
