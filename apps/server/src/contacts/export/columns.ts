import { EXPORT_COLUMNS } from '@perennial/contracts';
import type { Json } from '../../inbox/index.ts';
import type { Contact } from '../present-contact.ts';
import { ruleOf, type CustomRules } from '../field-catalogue.ts';
import { CUSTOM_PREFIX } from '../system-fields.ts';

/** All columns of a workspace, in their order. */
export function allColumns(rules: CustomRules): string[] {
  const custom = [...rules.keys()]
    .map((key) => `${CUSTOM_PREFIX}${key}`)
    .filter((field) => ruleOf(rules, field) !== undefined);
  return [...EXPORT_COLUMNS, ...custom];
}

/** The text of a contact in a column. */
export function cellOf(contact: Contact, column: string): string {
  if (column.startsWith(CUSTOM_PREFIX)) {
    return textOf(contact.custom[column.slice(CUSTOM_PREFIX.length)]);
  }
  if (column === 'email_status') return statusOf(contact, 'email');
  if (column === 'phone_status') return statusOf(contact, 'sms');
  if (column === 'categories') return contact.categories.join(', ');
  const [, part] = /^address\.(.+)$/.exec(column) ?? [];
  if (part !== undefined) return textOf((contact.address as Record<string, Json> | null)?.[part]);
  return textOf((contact as unknown as Record<string, Json | Date>)[column]);
}

function statusOf({ channels }: Contact, channel: string): string {
  return channels.find((each) => each.channel === channel)?.status ?? '';
}

function textOf(value: Json | Date | undefined): string {
  if (value === undefined || value === null) return '';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
