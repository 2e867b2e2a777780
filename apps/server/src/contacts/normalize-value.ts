import type { Json } from '../inbox/index.ts';
import { nameBreach } from './name-breach.ts';
import { breachOf, type ValueRules } from './value-rules.ts';
import { normalizeEmail, normalizePhone } from './normalize-identifier.ts';
import { isDay as isCalendarDay, parseInstant } from './parse-instant.ts';
import { RENAMED_ZONES } from './renamed-zones.ts';

/** Types of custom fields, and those that only system fields have. */
export type CustomFieldType =
  | 'text'
  | 'long_text'
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'date_time'
  | 'choice'
  | 'multiple_choice';
export type FieldType = CustomFieldType | 'email' | 'phone' | 'language' | 'time_zone';

export interface FieldRule {
  type: FieldType;
  choices?: string[] | null;
  rules?: ValueRules;
  /** It holds what a person is called by: who types or imports it keeps to the rules of names. */
  name?: true;
}

/** The value as it is stored, `null` for no value, or why it cannot be. */
export type Normalized = { ok: true; value: Json } | { ok: false; reason: string };

const MAX_TEXT = 1000;
const MAX_LONG_TEXT = 5000;
const MAX_CHOICES = 500;

export interface Sending {
  /** Default country of phone numbers. */
  country?: string | undefined;
  /** Where the value comes from; left out: a person's hand. */
  source?: string | undefined;
}

/** What a field stores for a value that somebody sent. */
export function normalizeValue(
  rule: FieldRule,
  value: Json,
  { country, source = 'manual' }: Sending = {},
): Normalized {
  if (isNoValue(value)) return ok(null);
  const normalized = normalizers[rule.type](value, rule, country);
  if (!normalized.ok) return normalized;
  const reason =
    (rule.rules && breachOf(rule.rules, normalized.value)) ??
    (rule.name && nameBreach(normalized.value as string, source));
  return reason === undefined ? normalized : no(reason);
}

/** What clears a field. */
export function isNoValue(value: Json): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

type Normalizer = (value: Json, rule: FieldRule, country?: string) => Normalized;

const normalizers: Record<FieldType, Normalizer> = {
  text: (value) => text(value, MAX_TEXT),
  long_text: (value) => text(value, MAX_LONG_TEXT),
  integer: (value) => {
    const number = numberOf(value);
    return Number.isSafeInteger(number) ? ok(number!) : no('not a whole number');
  },
  decimal: (value) => {
    const number = numberOf(value);
    return number === undefined ? no('not a number') : ok(number);
  },
  boolean: (value) => {
    if (typeof value === 'boolean') return ok(value);
    if (value === 'true' || value === 'false') return ok(value === 'true');
    return no('neither true nor false');
  },
  date: (value) => {
    const day =
      typeof value === 'string' ? /^(\d{4}-\d{2}-\d{2})(T.*)?$/.exec(value)?.[1] : undefined;
    return day !== undefined && isDay(day)
      ? ok(day)
      : no('not a date (YYYY-MM-DD, year 1 to 9999)');
  },
  date_time: (value) => {
    const instant = instantOf(value);
    return instant === undefined
      ? no('not a date and time (ISO 8601, year 1 to 9999)')
      : ok(new Date(instant).toISOString());
  },
  choice: (value, rule) => {
    if (typeof value !== 'string' && typeof value !== 'number') return no('not a single choice');
    const choice = String(value);
    return isChoice(choice, rule)
      ? ok(choice)
      : no(`not one of the choices: ${choice.slice(0, 100)}`);
  },
  multiple_choice: (value, rule) => {
    const choices = (Array.isArray(value) ? value : [value]).map((choice) => scalarText(choice));
    if (choices.length > MAX_CHOICES) return no(`more than ${MAX_CHOICES} choices`);
    const wrong = choices.findIndex((choice) => choice === undefined || !isChoice(choice, rule));
    return wrong < 0
      ? ok([...new Set(choices as string[])])
      : no(`choice ${wrong + 1} is not allowed`);
  },
  email: (value) => {
    const email = typeof value === 'string' ? normalizeEmail(value) : undefined;
    return email === undefined ? no('not an e-mail address') : ok(email);
  },
  phone: (value, _rule, country) => {
    const phone = normalizePhone(String(scalarText(value) ?? ''), country);
    return phone === undefined ? no('not a phone number') : ok(phone);
  },
  language: (value) => {
    const language = typeof value === 'string' ? canonicalLanguage(value) : undefined;
    return language === undefined ? no('not a language (BCP 47)') : ok(language);
  },
  time_zone: (value) => {
    const zone = typeof value === 'string' ? canonicalZone(value) : undefined;
    return zone === undefined ? no('not a known time zone (IANA)') : ok(zone);
  },
};

function ok(value: Json): Normalized {
  return { ok: true, value };
}

function no(reason: string): Normalized {
  return { ok: false, reason };
}

function text(value: Json, longest: number): Normalized {
  const string = scalarText(value);
  if (string === undefined) return no('not a text');
  return string.length <= longest ? ok(string) : no(`longer than ${longest} characters`);
}

function scalarText(value: Json): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function numberOf(value: Json): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d{1,30}(\.\d{1,30})?$/.test(value)
    ? Number(value)
    : undefined;
}

function isChoice(choice: string, { choices }: FieldRule): boolean {
  return (
    choices === undefined || choices === null || choices.length === 0 || choices.includes(choice)
  );
}

function isDay(day: string): boolean {
  return day >= '0001' && isCalendarDay(day);
}

const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const YEAR_1 = Date.UTC(2001, 0, 1) - 2000 * 365.2425 * 86_400_000;
const YEAR_10000 = Date.UTC(10_000, 0, 1);

/** Epoch milliseconds of an ISO 8601 text (UTC without an offset) or of epoch milliseconds. */
function instantOf(value: Json): number | undefined {
  const instant =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && ISO_INSTANT.test(value)
        ? (parseInstant(value) ?? Number.NaN)
        : Number.NaN;
  return instant >= YEAR_1 && instant < YEAR_10000 ? Math.trunc(instant) : undefined;
}

export function canonicalLanguage(value: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(value.replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}

/** Names of zones are looked up thousands of times a second and there are few of them. */
const zones = new Map<string, string | undefined>();
const MOST_ZONES = 2000;

/** One name for each zone, that of today: a contact in Europe/Kyiv is not said to be in Europe/Kiev. */
export function canonicalZone(value: string): string | undefined {
  if (zones.has(value)) return zones.get(value);
  const zone = resolveZone(value);
  if (zones.size < MOST_ZONES) zones.set(value, zone);
  return zone;
}

function resolveZone(value: string): string | undefined {
  // Offsets such as "+03:00" pass Intl, but a zone is a name with rules.
  if (!/^[A-Za-z]/.test(value)) return undefined;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions();
    return RENAMED_ZONES[timeZone] ?? timeZone;
  } catch {
    return undefined;
  }
}

/** The type that a custom field gets from the first value seen, or undefined for what no field holds. */
export function inferType(value: Json): CustomFieldType | undefined {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return 'decimal';
  if (Array.isArray(value))
    return value.every((entry) => scalarText(entry) !== undefined) ? 'multiple_choice' : undefined;
  if (typeof value !== 'string') return undefined;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value) && isDay(value)) return 'date';
  if (ISO_INSTANT.test(value) && value.length > 10 && instantOf(value) !== undefined)
    return 'date_time';
  return value.length > MAX_TEXT ? 'long_text' : 'text';
}
