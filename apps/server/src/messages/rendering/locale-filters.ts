import type { Liquid } from 'liquidjs';
import {
  dateFormat,
  numberFormat,
  pluralRules,
  relativeTime,
  type Locale,
} from './locale-formats.ts';

type Argument = string | number | [name: string, value: unknown] | null | undefined;
type Filter = (locale: Locale, value: unknown, ...args: Argument[]) => unknown;

/** Filters that write values as the reader of the message would. */
export function registerLocaleFilters(
  liquid: Liquid,
  localeOf: (context: { globals: Record<string, unknown> }) => Locale,
): void {
  for (const [name, filter] of Object.entries(FILTERS)) {
    liquid.registerFilter(name, function (this, value: unknown, ...args: Argument[]) {
      return filter(localeOf(this.context), value, ...args);
    });
  }
}

const FILTERS: Record<string, Filter> = {
  local_date: (locale, value, format = 'medium', zone) =>
    writtenDate(value, locale, { zone, options: named(DATE_FORMATS, format) }),
  local_time: (locale, value, format = 'short', zone) =>
    writtenDate(value, locale, { zone, options: named(TIME_FORMATS, format) }),
  local_date_time: (locale, value, format = 'medium', zone) =>
    writtenDate(value, locale, { zone, options: named(DATE_TIME_FORMATS, format) }),
  relative: (locale, value) => {
    const instant = instantOf(value, locale.now);
    return instant ? relativeTime(instant.at, zoned(locale, instant)) : value;
  },
  number: (locale, value, format) =>
    writtenNumber(value, locale, format === 'compact' ? { notation: 'compact' } : digits(format)),
  percent: (locale, value, format) =>
    writtenNumber(value, locale, {
      style: 'percent',
      ...(isGiven(format) ? digits(format) : { maximumFractionDigits: 0 }),
    }),
  money,
  currency: money,
  plural,
  pluralize: plural,
  fallback: (_locale, value, instead) => (isBlank(value) ? instead : value),
};

/** Nothing that a reader would see: absent, or only space. */
export function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && !value.trim());
}

function isGiven(argument: Argument): boolean {
  return !isBlank(argument);
}

type DateOptions = Intl.DateTimeFormatOptions;
const STYLES = ['short', 'medium', 'long', 'full'] as const;

function byStyle(options: (style: (typeof STYLES)[number]) => DateOptions) {
  return Object.fromEntries(STYLES.map((style) => [style, options(style)]));
}

const DATE_FORMATS: Record<string, DateOptions> = {
  ...byStyle((dateStyle) => ({ dateStyle })),
  weekday: { weekday: 'long' },
  day_month: { day: 'numeric', month: 'long' },
  month: { month: 'long' },
  month_year: { month: 'long', year: 'numeric' },
  year: { year: 'numeric' },
};
const TIME_FORMATS = byStyle((timeStyle) => ({ timeStyle }));
const DATE_TIME_FORMATS = byStyle((dateStyle) => ({ dateStyle, timeStyle: 'short' }));

function named(formats: Record<string, DateOptions>, name: Argument): DateOptions {
  const options = Object.hasOwn(formats, String(name)) ? formats[String(name)] : undefined;
  if (options) return options;
  throw new Error(`There is no format "${String(name)}": take ${Object.keys(formats).join(', ')}.`);
}

/** A day without a time is that day everywhere. */
type Instant = { at: Date; isDay: boolean };

function writtenDate(
  value: unknown,
  locale: Locale,
  { zone, options }: { zone: Argument; options: DateOptions },
): unknown {
  const instant = instantOf(value, locale.now);
  if (!instant) return value;
  const { language, timeZone } = zoned(locale, instant, zone);
  return dateFormat(language, { ...options, timeZone }).format(instant.at);
}

function zoned(locale: Locale, { isDay }: Instant, zone?: Argument): Locale {
  if (isDay) return { ...locale, timeZone: 'UTC' };
  if (!isGiven(zone)) return locale;
  const timeZone = String(zone);
  if (isZone(timeZone)) return { ...locale, timeZone };
  throw new Error(`There is no time zone "${timeZone}".`);
}

function isZone(name: string): boolean {
  try {
    dateFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** As Liquid's own `date` reads it: "now", seconds since 1970, or what ISO 8601 writes. */
function instantOf(value: unknown, now: Date): Instant | undefined {
  if (value === 'now' || value === 'today') return { at: now, isDay: false };
  if (value instanceof Date) return { at: value, isDay: false };
  const isSeconds = typeof value === 'number' || /^-?\d+$/.test(String(value));
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const at = new Date(isSeconds ? Number(value) * 1_000 : value);
  if (Number.isNaN(at.getTime())) return undefined;
  return { at, isDay: typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) };
}

/** A number, as text where it has more digits than a number keeps; undefined for what is none. */
function numberOf(value: unknown): number | string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !/^-?\d{1,100}(\.\d{1,100})?$/.test(value.trim())) {
    return undefined;
  }
  return value.trim();
}

function writtenNumber(
  value: unknown,
  { language }: Locale,
  options: Intl.NumberFormatOptions,
): unknown {
  const number = numberOf(value);
  // The types of Intl do not know yet that it reads decimal text.
  return number === undefined ? value : numberFormat(language, options).format(number as number);
}

function digits(format: Argument): Intl.NumberFormatOptions {
  if (!isGiven(format)) return {};
  const count = Number(format);
  if (!Number.isInteger(count) || count < 0 || count > 20) {
    throw new Error(`"${String(format)}" is no number of decimal places (0 to 20).`);
  }
  return { minimumFractionDigits: count, maximumFractionDigits: count };
}

/** Amounts are written as the currency is: with two decimal places, or with none. */
function money(locale: Locale, value: unknown, code?: Argument, places?: Argument): unknown {
  const currency = isGiven(code) ? String(code).trim().toUpperCase() : locale.currency;
  if (/^[A-Z]{3}$/.test(currency)) {
    return writtenNumber(value, locale, { style: 'currency', currency, ...digits(places) });
  }
  const amount = writtenNumber(value, locale, digits(places));
  return amount === value ? value : `${String(amount)} ${currency}`;
}

/** Forms without names, by how many there are: English has two, Ukrainian three. */
const ORDERS: Record<number, readonly Intl.LDMLPluralRule[]> = {
  1: ['other'],
  2: ['one', 'other'],
  3: ['one', 'few', 'many'],
};
/** Which form stands in for one that was not given. */
const STAND_INS: readonly Intl.LDMLPluralRule[] = ['other', 'many', 'few', 'two', 'one', 'zero'];

/** The form that goes with a number in the language; `#` in it is the number. */
function plural(locale: Locale, value: unknown, ...args: Argument[]): unknown {
  const number = numberOf(value);
  if (number === undefined) return value;
  const forms = formsOf(args);
  const rule = pluralRules(locale.language, {}).select(Number(number));
  const form = [rule, ...STAND_INS]
    .map((name) => forms.get(name))
    .find((text) => text !== undefined);
  const shown = numberFormat(locale.language, {}).format(number as number);
  return (form ?? '').replaceAll('#', shown);
}

function formsOf(args: readonly Argument[]): Map<string, string> {
  const words = args.filter((arg) => !Array.isArray(arg)).map(String);
  const order = ORDERS[words.length];
  if (words.length > 0 && !order) {
    throw new Error('Give one to three forms, or name them: one: "day", other: "days".');
  }
  const unnamed = words.map((text, i): [string, string] => [order![i]!, text]);
  const forms = args
    .filter((arg) => Array.isArray(arg))
    .map(([name, text]): [string, string] => [
      name,
      // oxlint-disable-next-line typescript/no-base-to-string -- as Liquid writes a value
      String(text ?? ''),
    ]);
  return new Map([...unnamed, ...forms]);
}
