import { isUsableIdentifier, normalizeEmail, normalizePhone } from '../../contacts/index.ts';
import { CUSTOM_PREFIX } from '../../contacts/index.ts';
import type { Identifier, Json, JsonObject } from '../../inbox/index.ts';

/** Reserved traits of the specification, in both spellings, and the fields they fill. */
const SYSTEM_TRAITS: Record<string, string> = {
  email: 'email',
  phone: 'phone',
  firstName: 'first_name',
  first_name: 'first_name',
  lastName: 'last_name',
  last_name: 'last_name',
  gender: 'gender',
  birthday: 'birthday',
  language: 'language',
  locale: 'language',
  timezone: 'time_zone',
  timeZone: 'time_zone',
  time_zone: 'time_zone',
  country: 'country',
  region: 'region',
  city: 'city',
  contactKey: 'contact_key',
  contact_key: 'contact_key',
};

const ADDRESS_PARTS: Record<string, string> = {
  street: 'address.street',
  city: 'address.town',
  state: 'address.region',
  postalCode: 'address.postcode',
  postal_code: 'address.postcode',
  country: 'address.country',
};

/** Objects within traits become fields with dotted keys, this deep. */
const DEEPEST = 3;

/** Fields set by traits; what no system field holds becomes a custom field. */
export function traitsToFields(traits: JsonObject): JsonObject {
  const fields: JsonObject = {};
  for (const [trait, value] of Object.entries(traits)) {
    if (trait === 'address' && isObject(value)) setAddress(fields, value);
    else if (Object.hasOwn(SYSTEM_TRAITS, trait)) fields[SYSTEM_TRAITS[trait]!] = value;
    else setCustom(fields, trait, value, 1);
  }
  splitName(fields, traits['name']);
  return fields;
}

function setAddress(fields: JsonObject, address: JsonObject): void {
  for (const [part, value] of Object.entries(address)) {
    if (Object.hasOwn(ADDRESS_PARTS, part)) fields[ADDRESS_PARTS[part]!] = value;
    else setCustom(fields, `address.${part}`, value, 2);
  }
}

function setCustom(fields: JsonObject, key: string, value: Json, depth: number): void {
  if (isObject(value) && depth < DEEPEST) {
    for (const [inner, member] of Object.entries(value))
      setCustom(fields, `${key}.${inner}`, member, depth + 1);
  } else fields[`${CUSTOM_PREFIX}${key}`] = value;
}

/** `name` alone fills the first and last name; with either of them it stays a trait of its own. */
function splitName(fields: JsonObject, name: Json | undefined): void {
  if (typeof name !== 'string' || 'first_name' in fields || 'last_name' in fields) return;
  delete fields[`${CUSTOM_PREFIX}name`];
  const [first = '', ...rest] = name.trim().split(/\s+/);
  fields['first_name'] = first;
  if (rest.length > 0) fields['last_name'] = rest.join(' ');
}

/** E-mail and phone among the fields find a contact too. */
export function identifiersAmong(fields: JsonObject, country?: string): Identifier[] {
  const ids: Identifier[] = [];
  const email = typeof fields['email'] === 'string' ? normalizeEmail(fields['email']) : undefined;
  if (email !== undefined) ids.push(['email', email]);
  const number = fields['phone'];
  const phone =
    typeof number === 'string' || typeof number === 'number'
      ? normalizePhone(String(number), country)
      : undefined;
  if (phone !== undefined && isUsableIdentifier(phone)) ids.push(['phone', phone]);
  return ids;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
