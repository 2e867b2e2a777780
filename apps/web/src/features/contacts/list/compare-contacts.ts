import type { Contact } from '@perennial/contracts';
import { sameValue, valueOf, type CardField } from '../edit/card-field.ts';

/** The external IDs that contacts have, each once. */
export function externalIdsOf(contacts: readonly Contact[]): string[] {
  return [...new Set(contacts.flatMap(({ external_id: id }) => (id === null ? [] : [id])))];
}

/** The fields in which one of the contacts has a value. */
export function fieldsWithValues(
  contacts: readonly Contact[],
  fields: readonly CardField[],
): CardField[] {
  return fields.filter(({ key }) => contacts.some((contact) => valueOf(contact, key) !== null));
}

/** Whether what is shown of the contacts is not the same of all. */
export function differ(values: readonly unknown[]): boolean {
  return values.some((value) => !sameValue(value, values[0]));
}
