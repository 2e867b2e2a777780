import type { Json, JsonObject, Source } from '../inbox/index.ts';
import type { ContactState, FieldChange, SetAt } from './contact-state.ts';
import { ruleOf, whyNoField, type CustomRules } from './field-catalogue.ts';
import { isNoValue, normalizeValue } from './normalize-value.ts';

/** A value that could not be stored, kept with the reason. */
export interface FieldConflict {
  contactId: number;
  workspaceId: number;
  field: string;
  value: Json;
  reason: string;
  source: string;
  at: number;
}

export interface FieldsSet {
  changes: FieldChange[];
  conflicts: FieldConflict[];
}

/**
 * Sets values on a contact held in memory. A set older than the stored one is ignored, and a weak
 * one never overrides one on purpose, so the order of arrival does not matter.
 */
export function setFields(
  contact: ContactState,
  {
    fields,
    at,
    source,
    weak = false,
    rules,
    country,
  }: {
    fields: JsonObject;
    at: number;
    source: Source;
    weak?: boolean;
    rules: CustomRules;
    country?: string | undefined;
  },
): FieldsSet {
  const outcome: FieldsSet = { changes: [], conflicts: [] };
  for (const [field, sent] of Object.entries(fields)) {
    const rule = ruleOf(rules, field);
    // No value for a field that does not exist: nothing is lost.
    if (!rule && isNoValue(sent)) continue;
    const normalized = rule
      ? normalizeValue(rule, sent, { country, source })
      : ({ ok: false, reason: whyNoField(rules, { field, value: sent }) } as const);
    if (!normalized.ok) {
      outcome.conflicts.push({
        contactId: contact.id,
        workspaceId: contact.workspaceId,
        field,
        value: sent,
        reason: normalized.reason,
        source,
        at,
      });
    } else if (isNewer(contact, field, { at, weak })) {
      const from = valueOf(contact, field);
      contact.setAt[field] = weak ? [at, source, 1] : [at, source];
      if (sameValue(from, normalized.value)) continue;
      store(contact, field, normalized.value);
      outcome.changes.push({ contactId: contact.id, field, from, to: normalized.value, source });
    }
  }
  return outcome;
}

/** The values that would not be stored, by field, without setting any. */
export function checkFields({
  fields,
  rules,
  country,
}: {
  fields: JsonObject;
  rules: CustomRules;
  country?: string | undefined;
}): { path: string; message: string }[] {
  return Object.entries(fields).flatMap(([field, value]) => {
    const rule = ruleOf(rules, field);
    const normalized = rule ? normalizeValue(rule, value, { country }) : undefined;
    if (normalized?.ok) return [];
    return [{ path: field, message: normalized ? normalized.reason : 'unknown field' }];
  });
}

export function isNewer(
  contact: Pick<ContactState, 'setAt'>,
  field: string,
  { at, weak }: { at: number; weak: boolean },
): boolean {
  const then: SetAt | undefined = Object.hasOwn(contact.setAt, field)
    ? contact.setAt[field]
    : undefined;
  if (!then) return true;
  const wasWeak = then[2] === 1;
  if (wasWeak !== weak) return wasWeak;
  return at >= then[0];
}

export function valueOf(contact: ContactState, field: string): Json {
  if (field === 'email') return contact.email;
  if (field === 'phone') return contact.phone;
  return Object.hasOwn(contact.fields, field) ? (contact.fields[field] ?? null) : null;
}

/** Puts a value where its kind of field lives; null removes it. */
export function store(contact: ContactState, field: string, value: Json): void {
  if (field === 'email') contact.email = value as string | null;
  else if (field === 'phone') contact.phone = value as string | null;
  else if (value === null) delete contact.fields[field];
  else contact.fields[field] = value;
}

export function sameValue(a: Json, b: Json): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
}
