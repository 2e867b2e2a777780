import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';

/** Values that careless clients send for everybody; they identify nobody. */
const BLOCKED = new Set([
  '',
  'null',
  'undefined',
  'none',
  'nil',
  'nan',
  'n/a',
  '(null)',
  '(none)',
  '(not set)',
  'not set',
  'empty',
  'anonymous',
  'guest',
  'unknown',
  'true',
  'false',
  '-1',
  '[object object]',
]);

/** Longest identifier that is kept; the REST API promises 300 characters. */
export const MAX_IDENTIFIER = 300;

/** Whether a value can identify one person at all. */
export function isUsableIdentifier(value: string): boolean {
  return value.length <= MAX_IDENTIFIER && !isBlockedIdentifier(value);
}

/** Whether a value is one of those that clients send for want of one: all zeros, `null`, ... */
export function isBlockedIdentifier(value: string): boolean {
  const plain = value.trim().toLowerCase();
  return BLOCKED.has(plain) || /^[0-]+$/.test(plain);
}

/** Lower-cased, or undefined when it is no e-mail address. */
export function normalizeEmail(value: string): string | undefined {
  const email = value.trim().toLowerCase();
  if (email.length > 254) return undefined;
  return /^[^\s@"<>(),;:\\[\]]{1,64}@[^\s@"<>(),;:\\[\].]+(\.[^\s@"<>(),;:\\[\].]+)+$/.test(email)
    ? email
    : undefined;
}

/** E.164, or undefined when it cannot be a phone number; `country` reads national numbers. */
export function normalizePhone(value: string, country?: string): string | undefined {
  const parsed = parsePhoneNumberFromString(value.trim(), country as CountryCode | undefined);
  return parsed?.isPossible() ? parsed.number : undefined;
}

/**
 * The same at the doors where international numbers are written as digits alone (380501234567);
 * a national number of `country` comes first.
 */
export function normalizePlainPhone(value: string, country?: string): string | undefined {
  const text = value.trim();
  return (
    normalizePhone(text, country) ?? (/^\d/.test(text) ? normalizePhone(`+${text}`) : undefined)
  );
}
