import type { contactCardSchema, contactSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Json } from '../inbox/index.ts';
import { maskContact, maskText, mayReadPersonal, type Rights } from '../users/index.ts';
import type { ContactRow } from './contact-row.ts';
import { CUSTOM_PREFIX } from './system-fields.ts';

export type Contact = z.output<typeof contactSchema>;
export type ContactCard = z.output<typeof contactCardSchema>;

/** Stands for what the caller may not see. */
export const MASKED = '•••';

/** A contact in the shape of the wire. */
export function presentContact(
  row: ContactRow,
  {
    channels,
    categories,
    platforms,
    archived,
  }: {
    channels: Contact['channels'];
    categories: string[];
    platforms: string[];
    archived: ReadonlySet<string>;
  },
): Contact {
  const text = (field: string): string | null => textOf(row.fields[field]);
  return {
    id: row.id,
    external_id: row.external_id,
    email: row.email,
    phone: row.phone,
    first_name: text('first_name'),
    last_name: text('last_name'),
    contact_key: text('contact_key'),
    gender: text('gender'),
    birthday: text('birthday'),
    language: text('language'),
    time_zone: text('time_zone'),
    country: text('country'),
    region: text('region'),
    city: text('city'),
    address: addressOf(text),
    device_platform: platforms,
    source: row.source,
    created_at: row.created_at,
    updated_at: row.updated_at,
    last_seen_at: row.last_seen_at,
    deleted_at: row.deleted_at,
    custom: customOf(row, archived),
    channels,
    categories,
    tags: [],
  };
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function addressOf(text: (field: string) => string | null): Contact['address'] {
  const address = {
    street: text('address.street'),
    town: text('address.town'),
    region: text('address.region'),
    postcode: text('address.postcode'),
    country: text('address.country'),
  };
  return Object.values(address).some((part) => part !== null) ? address : null;
}

function customOf({ fields }: ContactRow, archived: ReadonlySet<string>): Contact['custom'] {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([field]) => field.startsWith(CUSTOM_PREFIX))
      .map(([field, value]) => [field.slice(CUSTOM_PREFIX.length), value] as const)
      .filter(([key]) => !archived.has(key)),
  );
}

/**
 * What a caller without `contacts.read_personal` sees: no name, address or custom value. Nobody
 * knows which custom field says who somebody is, so none is shown.
 */
export function maskPersonal<Shape extends Contact>(contact: Shape, rights: Rights): Shape {
  if (mayReadPersonal(rights)) return contact;
  const custom = Object.fromEntries(Object.keys(contact.custom).map((key) => [key, MASKED]));
  return {
    ...maskContact(contact, rights),
    contact_key: contact.contact_key && MASKED,
    address: contact.address && maskValues(contact.address),
    custom,
    channels: contact.channels.map((channel) => ({
      ...maskContact(channel, rights),
      reason: channel.reason && maskText(channel.reason),
      consent: channel.consent && { ...channel.consent, text: channel.consent.text && MASKED },
    })),
  };
}

/** The same for the whole card. */
export function maskCard(card: ContactCard, rights: Rights): ContactCard {
  if (mayReadPersonal(rights)) return card;
  return {
    ...maskPersonal(card, rights),
    identifiers: card.identifiers.map((row) => ({ ...row, value: MASKED })),
    devices: card.devices.map((device) => ({ ...device, push_token: device.push_token && MASKED })),
    category_choices: card.category_choices.map((choice) => ({
      ...choice,
      text: choice.text && MASKED,
    })),
    conflicts: card.conflicts.map((conflict) => ({
      ...conflict,
      value: MASKED,
      reason: withoutValue(conflict.reason),
      converted: conflict.converted === null ? null : MASKED,
    })),
  };
}

/** Some reasons quote the value behind a colon. */
export function withoutValue(reason: string): string {
  return reason.replace(/:.*$/s, '');
}

function maskValues<Shape extends Record<string, string | null>>(values: Shape): Shape {
  const masked = Object.entries(values).map(([name, value]) => [name, value && MASKED]);
  return Object.fromEntries(masked) as Shape;
}
