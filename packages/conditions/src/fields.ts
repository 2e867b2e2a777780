import type { SubjectType } from './values/value-types.ts';

/** Types of contact fields. */
export type FieldType =
  | 'text'
  | 'long_text'
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'date_time'
  | 'choice'
  | 'multiple_choice';

/** What the language needs to know of a field. */
export interface FieldDescription {
  readonly type: FieldType;
  /** The only values there are; a condition that compares with another one is refused. */
  readonly choices?: readonly string[];
  /**
   * Gives a text of a condition the form in which the field is stored. `part` is text that is
   * looked for inside a value, `whole` stands for a value.
   */
  readonly normalize?: (text: string, extent: 'whole' | 'part') => string;
}

/** Looks a field up by its name in conditions (`email`, `custom.KEY`); undefined when unknown. */
export type FieldCatalogue = (name: string) => FieldDescription | undefined;

/** How the operators see each type of field. */
export const SUBJECT_OF_FIELD: Readonly<Record<FieldType, SubjectType>> = {
  text: 'text',
  long_text: 'text',
  choice: 'text',
  integer: 'number',
  decimal: 'number',
  boolean: 'boolean',
  date: 'moment',
  date_time: 'moment',
  multiple_choice: 'list',
};

/** How a contact came to be known: the values of the field `source`. */
export const CONTACT_SOURCES = [
  'import',
  'api',
  'form',
  'event',
  'order',
  'sdk',
  'web',
  'manual',
  'webhook',
  'identify',
] as const;

const text: FieldDescription = { type: 'text' };
const dateTime: FieldDescription = { type: 'date_time' };

/** The fields that every contact has; `address.*` are recognised by `fieldCatalogue`. */
export const SYSTEM_FIELDS: Readonly<Record<string, FieldDescription>> = {
  id: text,
  external_id: text,
  contact_key: text,
  email: { type: 'text', normalize: (value) => value.toLowerCase() },
  phone: text,
  first_name: text,
  last_name: text,
  gender: text,
  birthday: { type: 'date' },
  language: {
    type: 'text',
    normalize: (value, extent) => (extent === 'whole' ? languageCase(value) : value),
  },
  time_zone: text,
  country: text,
  region: text,
  city: text,
  source: { type: 'choice', choices: CONTACT_SOURCES },
  device_platform: { type: 'multiple_choice' },
  created_at: dateTime,
  updated_at: dateTime,
  last_seen_at: dateTime,
};

/** BCP 47 case (`en-US`); a text that is no language tag stays as it is. */
function languageCase(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? tag;
  } catch (error) {
    if (error instanceof RangeError) return tag;
    throw error;
  }
}

/**
 * A catalogue of the system fields, `address.*` and a workspace's custom fields (by key, without
 * `custom.`). `normalize` replaces or adds normalisation by field name, such as E.164 for `phone`.
 */
export function fieldCatalogue(
  custom: Readonly<Record<string, FieldType>> | ReadonlyMap<string, FieldType>,
  normalize: Readonly<Record<string, NonNullable<FieldDescription['normalize']>>> = {},
): FieldCatalogue {
  const types = custom instanceof Map ? custom : new Map(Object.entries(custom));
  const system = new Map(Object.entries(SYSTEM_FIELDS));
  return (name) => {
    const found = name.startsWith('custom.')
      ? customField(types.get(name.slice('custom.'.length)))
      : (system.get(name) ?? (/^address\../.test(name) ? text : undefined));
    const own = Object.hasOwn(normalize, name) ? normalize[name] : undefined;
    return found && own ? { ...found, normalize: own } : found;
  };
}

function customField(type: FieldType | undefined): FieldDescription | undefined {
  return type && { type };
}
