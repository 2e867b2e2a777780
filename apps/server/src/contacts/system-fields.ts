import { CONTACT_SOURCES } from '@perennial/conditions';
import type { FieldRule } from './normalize-value.ts';

const NAME_RULES =
  'In the interface, the API and imports at most 40 characters: letters, up to 3 digits, hyphens, apostrophes. A longer one that an app sends by identify is kept, up to 100 characters.';
const POSTAL = 'Part of the postal address.';

/** Fields every workspace has and callers may set, by their keys in the segment language. */
export const SYSTEM_FIELDS: Record<string, FieldRule & { label: string; description: string }> = {
  email: {
    type: 'email',
    label: 'Email',
    description: 'Finds the contact. Several contacts with different external IDs may share one.',
  },
  phone: {
    type: 'phone',
    label: 'Phone',
    description:
      'Finds the contact; kept with its country code. National numbers are read by the country in the settings.',
  },
  contact_key: {
    type: 'text',
    label: 'Contact key',
    description: 'A second ID of your own, by which events may find the contact.',
  },
  first_name: { type: 'text', label: 'First name', description: NAME_RULES, name: true },
  last_name: { type: 'text', label: 'Last name', description: NAME_RULES, name: true },
  gender: { type: 'text', label: 'Gender', description: 'In the words that your app uses.' },
  birthday: {
    type: 'date',
    label: 'Birthday',
    description: 'A day without a time. Conditions can compare it without the year.',
    rules: { anniversary: true },
  },
  language: {
    type: 'language',
    label: 'Language',
    description:
      'BCP 47, as “en” or “pt-BR”: chooses the version of a message. What a device says fills it only while nobody set it.',
  },
  time_zone: {
    type: 'time_zone',
    label: 'Time zone',
    description:
      'A name of the IANA database: decides when it is morning for the contact. What a device says fills it only while nobody set it.',
  },
  country: {
    type: 'text',
    label: 'Country',
    description: 'Where the contact is, as your app says it.',
  },
  region: {
    type: 'text',
    label: 'Region',
    description: 'Where the contact is within its country.',
  },
  city: { type: 'text', label: 'City', description: 'Where the contact is.' },
  'address.street': { type: 'text', label: 'Street', description: POSTAL },
  'address.town': { type: 'text', label: 'Town', description: POSTAL },
  'address.region': { type: 'text', label: 'Region of the address', description: POSTAL },
  'address.postcode': { type: 'text', label: 'Postcode', description: POSTAL },
  'address.country': { type: 'text', label: 'Country of the address', description: POSTAL },
};

/** Platforms that devices are known by; a device may say another one. */
const PLATFORMS = [
  'ios',
  'android',
  'web',
  'ipados',
  'macos',
  'windows',
  'linux',
  'chromeos',
  'tvos',
  'watchos',
];

/** Fields every workspace has and the program keeps: they are read, filtered by and never set. */
export const KEPT_FIELDS: Record<
  string,
  { type: 'choice' | 'multiple_choice'; label: string; description: string; choices: string[] }
> = {
  source: {
    type: 'choice',
    label: 'Source',
    description: 'How the contact came to be known. It never changes.',
    choices: [...CONTACT_SOURCES],
  },
  device_platform: {
    type: 'multiple_choice',
    label: 'Device platform',
    description: 'What the devices of the contact run, as they told.',
    choices: PLATFORMS,
  },
};

export const CUSTOM_PREFIX = 'custom.';
