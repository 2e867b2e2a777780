import type { FieldType } from './normalize-value.ts';

/** Fields every workspace has, by their keys in the segment language. */
export const SYSTEM_FIELDS: Record<string, { type: FieldType; label: string }> = {
  email: { type: 'email', label: 'Email' },
  phone: { type: 'phone', label: 'Phone' },
  contact_key: { type: 'text', label: 'Contact key' },
  first_name: { type: 'text', label: 'First name' },
  last_name: { type: 'text', label: 'Last name' },
  gender: { type: 'text', label: 'Gender' },
  birthday: { type: 'date', label: 'Birthday' },
  language: { type: 'language', label: 'Language' },
  time_zone: { type: 'time_zone', label: 'Time zone' },
  country: { type: 'text', label: 'Country' },
  region: { type: 'text', label: 'Region' },
  city: { type: 'text', label: 'City' },
  'address.street': { type: 'text', label: 'Street' },
  'address.town': { type: 'text', label: 'Town' },
  'address.region': { type: 'text', label: 'Region of the address' },
  'address.postcode': { type: 'text', label: 'Postcode' },
  'address.country': { type: 'text', label: 'Country of the address' },
};

export const CUSTOM_PREFIX = 'custom.';
