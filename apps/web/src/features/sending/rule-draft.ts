import type { FrequencyRule, FrequencyRuleDraft } from '@perennial/contracts';

/** What of a rule can be changed. */
export function draftOf(rule: FrequencyRule): FrequencyRuleDraft {
  const { id: _id, key: _key, created_at: _created, updated_at: _updated, ...draft } = rule;
  return draft as FrequencyRuleDraft;
}
