import { fieldCatalogue, type FieldCatalogue, type FieldType } from '@perennial/conditions';
import { normalizePhone, ruleOf, type CustomRules } from '../contacts/index.ts';

/** A workspace's fields as conditions see them; archived ones are none. */
export function fieldTypesOf(rules: CustomRules): FieldCatalogue {
  const usable = [...rules].filter(([, rule]) => !rule.archived);
  return fieldCatalogue(new Map(usable.map(([key, rule]) => [key, rule.type as FieldType])), {
    // Part of a number cannot be made international.
    phone: (text, extent) => (extent === 'whole' ? (normalizePhone(text) ?? text) : text),
  });
}

/** Only the resolver writes what contacts are found by. */
const IDENTIFIERS = ['email', 'phone', 'contact_key'];

/** Why a run must leave a field alone; undefined when it may write it. */
export function unwritableBecause(rules: CustomRules, field: string): string | undefined {
  if (IDENTIFIERS.includes(field)) {
    return `${field} identifies the contact; workflows cannot change it yet.`;
  }
  return ruleOf(rules, field) ? undefined : `${field} is kept by the program and cannot be set.`;
}
