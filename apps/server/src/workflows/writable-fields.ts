import { ruleOf, type CustomRules } from '../contacts/index.ts';

/** Only the resolver writes what contacts are found by: a run waits until it has. */
const BY_RESOLVER = ['email', 'phone'];

/** Why a run must leave a field alone; undefined when it may write it. */
export function unwritableBecause(rules: CustomRules, field: string): string | undefined {
  if (BY_RESOLVER.includes(field)) return undefined;
  return ruleOf(rules, field) ? undefined : `${field} is kept by the program and cannot be set.`;
}
