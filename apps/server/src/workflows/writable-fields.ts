import { ruleOf, type CustomRules } from '../contacts/index.ts';

/** Only the resolver writes what contacts are found by. */
const IDENTIFIERS = ['email', 'phone', 'contact_key'];

/** Why a run must leave a field alone; undefined when it may write it. */
export function unwritableBecause(rules: CustomRules, field: string): string | undefined {
  if (IDENTIFIERS.includes(field)) {
    return `${field} identifies the contact; workflows cannot change it yet.`;
  }
  return ruleOf(rules, field) ? undefined : `${field} is kept by the program and cannot be set.`;
}
