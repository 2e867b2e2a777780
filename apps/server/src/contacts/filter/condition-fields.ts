import { fieldCatalogue, type FieldCatalogue, type FieldType } from '@perennial/conditions';
import { ruleOf, type CustomRules } from '../field-catalogue.ts';
import { normalizePhone } from '../normalize-identifier.ts';

/** A workspace's fields as conditions see them; archived ones are none. */
export function fieldTypesOf(rules: CustomRules): FieldCatalogue {
  const usable = [...rules].filter(([key]) => ruleOf(rules, `custom.${key}`) !== undefined);
  return fieldCatalogue(new Map(usable.map(([key, rule]) => [key, rule.type as FieldType])), {
    // Part of a number cannot be made international.
    phone: (text, extent) => (extent === 'whole' ? (normalizePhone(text) ?? text) : text),
  });
}
