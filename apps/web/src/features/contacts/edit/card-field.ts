import type { Contact, ContactCard, ContactChange, Field } from '@perennial/contracts';

/** A field as the card shows and edits it; `key` is that of the segment language. */
export interface CardField {
  key: string;
  label: string;
  type: string;
  description: string;
  choices: readonly string[] | null;
  looks: Field['choice_looks'];
  rules: Field['rules'];
  /** One that every workspace has. */
  system: boolean;
  /** Kept by the program. */
  readOnly: boolean;
}

/** The definition of a field, custom or system, as the card needs it. */
export function cardField(field: Field): CardField {
  return {
    key: field.system ? field.key : `custom.${field.key}`,
    label: field.label,
    type: field.type,
    description: field.description,
    choices: field.choices,
    looks: field.choice_looks,
    rules: field.rules,
    system: field.system,
    readOnly: field.read_only,
  };
}

type Part = keyof NonNullable<ContactCard['address']>;

/** What the card holds for a field; null is no value. */
export function valueOf(contact: Contact, key: string): unknown {
  const [, room, name] = splitKey(key);
  if (room === 'custom') return contact.custom[name] ?? null;
  if (room === 'address') return contact.address?.[name as Part] ?? null;
  const value = contact[name as keyof Contact] ?? null;
  return Array.isArray(value) && value.length === 0 ? null : value;
}

/** The change of a contact that sets one field. */
export function changeOf(key: string, value: unknown): ContactChange {
  const [, room, name] = splitKey(key);
  return room ? { [room]: { [name]: value } } : { [name]: value };
}

/** Who sets a field by hand has decided about all values of it that did not fit. */
export function settledBy({ conflicts }: ContactCard, key: string): ContactChange {
  const settles = conflicts.filter(({ field }) => field === key).map(({ id }) => id);
  return settles.length > 0 ? { settles } : {};
}

/** The card as it will be when the change was applied: what is shown meanwhile. */
export function withValue(contact: ContactCard, key: string, value: unknown): ContactCard {
  const [, room, name] = splitKey(key);
  if (room === 'custom') return { ...contact, custom: withMember(contact.custom, name, value) };
  if (room === 'address') {
    const none = { street: null, town: null, region: null, postcode: null, country: null };
    return { ...contact, address: { ...(contact.address ?? none), [name]: value } };
  }
  return { ...contact, [name]: value };
}

function withMember(custom: ContactCard['custom'], name: string, value: unknown) {
  const { [name]: _before, ...rest } = custom;
  return value === null ? rest : { ...rest, [name]: value as (typeof custom)[string] };
}

/** "custom.plan" is the member plan of custom; the rest of a key may have dots. */
function splitKey(key: string): [string, 'custom' | 'address' | undefined, string] {
  const [, room, name] = /^(custom|address)\.(.*)$/s.exec(key) ?? [];
  return [key, room as 'custom' | 'address' | undefined, name ?? key];
}

export function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
