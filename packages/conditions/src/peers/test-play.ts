import { checkDefinition } from '../check/check-definition.ts';
import type { EventFact, Facts } from '../facts.ts';
import { fieldCatalogue } from '../fields.ts';
import type { Json } from '../json.ts';
import { compileRule } from '../evaluate/compile-rule.ts';

/** Wednesday, 14 October 2026: minute 0 of every case. */
export const START = Date.UTC(2026, 9, 14, 9, 30);
export const MINUTE = 60_000;

/** The custom fields of the cases. */
export const fields = fieldCatalogue({
  env: 'text',
  status: 'text',
  age: 'decimal',
  at_risk: 'boolean',
  created: 'date_time',
  items: 'multiple_choice',
  title: 'text',
  points: 'integer',
  company: 'text',
  'two words': 'text',
});

/** At a minute, what is identified (fields by contact, null clears) and tracked, then the members. */
export interface Step {
  readonly at?: number;
  readonly identify?: Record<string, Record<string, Json>>;
  readonly track?: readonly [contact: string, event: string, params?: Record<string, Json>][];
  readonly members: readonly string[];
}

/** A rule and what happens, as the tests of another product pin it; `id` is theirs. */
export interface PeerCase {
  readonly id: string;
  readonly include: unknown;
  readonly exclude?: unknown;
  readonly steps: readonly Step[];
}

/** The rule, ready to be asked. */
export function ruleOf({ include, exclude }: Pick<PeerCase, 'include' | 'exclude'>) {
  const input = { language: 1, include, ...(exclude ? { exclude } : {}) };
  const checked = checkDefinition(input, { fields });
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return compileRule(checked.value, { fields });
}

/** One contact's fields and events. */
export interface Contact {
  fields: Record<string, Json>;
  events: EventFact[];
}

/** The members after each step. */
export function play({ include, exclude, steps }: PeerCase): string[][] {
  const rule = ruleOf({ include, exclude });
  const contacts = new Map<string, Contact>();
  const addContact = (id: string) => {
    const contact: Contact = { fields: {}, events: [] };
    contacts.set(id, contact);
    return contact;
  };
  const contactOf = (id: string) => contacts.get(id) ?? addContact(id);
  return steps.map((step) => {
    const now = START + (step.at ?? 0) * MINUTE;
    for (const [id, values] of Object.entries(step.identify ?? {})) {
      Object.assign(contactOf(id).fields, values);
    }
    for (const [id, event, params = {}] of step.track ?? []) {
      contactOf(id).events.push({ event, occurredAt: now, params });
    }
    return [...contacts]
      .filter(([, contact]) => rule.test(factsOf(contact, now)))
      .map(([id]) => id);
  });
}

/** The facts of a contact at an instant. */
export function factsOf({ fields: known, events }: Contact, now: number): Facts {
  const byType = Map.groupBy(events, (fact) => fact.event);
  return { now, workspaceZone: 'UTC', fields: known, events: byType };
}

/** A condition on a custom field. */
export const custom = (key: string, op: string, value?: Json) => ({
  type: 'field',
  field: `custom.${key}`,
  op,
  ...(value === undefined ? {} : { value }),
});
