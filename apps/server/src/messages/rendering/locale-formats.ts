/** In whose words, zone and money values are written. */
export interface Locale {
  /** BCP 47: a language that Intl knows. */
  language: string;
  timeZone: string;
  /** ISO 4217: of amounts that name none. */
  currency: string;
  now: Date;
}

/**
 * The language of the text, in the manner of the reader's country where both speak it: a text in
 * `de` for a contact with `de-AT`. English dates in a Ukrainian sentence would be read by nobody.
 */
export function formatLanguage(text: string, own: string | undefined): string {
  const [wanted, fallback] = [canonical(own), canonical(text)];
  const isSame = wanted && fallback && baseOf(wanted) === baseOf(fallback);
  return (isSame ? wanted : fallback) ?? 'en';
}

/** Undefined for what is no language, or none that values can be written in. */
function canonical(tag: string | undefined): string | undefined {
  if (!tag) return undefined;
  const known = canonicals.get(tag);
  if (known !== undefined) return known || undefined;
  let found = '';
  try {
    found = Intl.NumberFormat.supportedLocalesOf(tag.replaceAll('_', '-'))[0] ?? '';
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  if (canonicals.size >= MOST_KEPT) canonicals.clear();
  canonicals.set(tag, found);
  return found || undefined;
}

function baseOf(tag: string): string {
  return tag.split('-')[0]!;
}

/** Making a formatter costs a hundred times its use. Contacts' languages come from outside: bounded. */
const MOST_KEPT = 500;
const canonicals = new Map<string, string>();

function kept<Options, Made>(
  make: (language: string, options: Options) => Made,
): (language: string, options: Options) => Made {
  const made = new Map<string, Made>();
  return (language, options) => {
    const key = `${language} ${JSON.stringify(options)}`;
    const known = made.get(key);
    if (known) return known;
    if (made.size >= MOST_KEPT) made.clear();
    const fresh = make(language, options);
    made.set(key, fresh);
    return fresh;
  };
}

export const numberFormat = kept(
  (language, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options),
);
export const dateFormat = kept(
  (language, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options),
);
export const pluralRules = kept(
  (language, options: Intl.PluralRulesOptions) => new Intl.PluralRules(language, options),
);
const relativeFormat = kept(
  (language, options: Intl.RelativeTimeFormatOptions) =>
    new Intl.RelativeTimeFormat(language, options),
);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** "in 20 minutes", "tomorrow", "3 weeks ago": days are those of the zone's calendar. */
export function relativeTime(at: Date, { language, timeZone, now }: Locale): string {
  const ms = at.getTime() - now.getTime();
  const days = Math.round((dayOf(at, timeZone) - dayOf(now, timeZone)) / DAY_MS);
  const format = relativeFormat(language, { numeric: 'auto' });
  if (Math.abs(ms) < MINUTE_MS) return format.format(0, 'second');
  if (Math.abs(ms) < HOUR_MS) return format.format(Math.trunc(ms / MINUTE_MS), 'minute');
  if (days === 0) return format.format(Math.trunc(ms / HOUR_MS), 'hour');
  if (Math.abs(days) < 14) return format.format(days, 'day');
  if (Math.abs(days) < 60) return format.format(Math.trunc(days / 7), 'week');
  if (Math.abs(days) < 365) return format.format(Math.trunc(days / 30.44), 'month');
  return format.format(Math.trunc(days / 365.25), 'year');
}

/** Midnight of the zone's day, as if it were in UTC. */
function dayOf(at: Date, timeZone: string): number {
  const parts = dateFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'));
}
