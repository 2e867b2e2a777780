import type { Json, SharedKind } from '../inbox/index.ts';
import { isUsableIdentifier, MAX_IDENTIFIER } from './normalize-identifier.ts';
import { normalizeValue, type FieldRule } from './normalize-value.ts';

/** Types of which a value can say who somebody is. */
const IDENTIFYING_TYPES: ReadonlySet<string> = new Set(['text', 'integer', 'decimal', 'choice']);

export function canIdentify({ type }: FieldRule): boolean {
  return IDENTIFYING_TYPES.has(type);
}

/** The kind of identifier that a field's values are; the field by its key in the segment language. */
export function kindOfField(field: string): SharedKind {
  return `field.${field}`;
}

/** What a value of a field identifies by, the same however it was sent; undefined: nobody. */
export function fieldIdentifier(rule: FieldRule, value: Json): string | undefined {
  const normalized = normalizeValue(rule, value);
  if (!normalized.ok || normalized.value === null || typeof normalized.value === 'object') {
    return undefined;
  }
  const text = String(normalized.value).trim();
  return text.length <= MAX_IDENTIFIER && isUsableIdentifier(text) ? text : undefined;
}
