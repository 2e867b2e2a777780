import { z } from 'zod';

const first = Date.UTC(1, 0, 1);
const last = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** An instant: ISO 8601 on the wire (UTC in answers), a `Date` in the program. Years 1 to 9999. */
export const instantSchema = z.codec(
  z.iso.datetime({ offset: true, error: 'Expected an instant like 2026-03-01T09:30:00Z.' }),
  z.date().refine((date) => date.getTime() >= first && date.getTime() <= last, {
    error: 'Expected a year between 1 and 9999.',
  }),
  { decode: (text) => new Date(text), encode: (date) => date.toISOString() },
);

/** A name of the zone database, like `Europe/Kyiv`. */
export const timeZoneSchema = z.string().max(64).refine(isTimeZone, {
  error: 'Unknown time zone. Use a name like Europe/Kyiv.',
});

function isTimeZone(name: string): boolean {
  // Offsets like +02:00 are accepted by Intl but are no zones: they know no summer time.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** A language tag of BCP 47, like `uk` or `pt-BR`. */
export const languageTagSchema = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Expected a language tag like en or pt-BR.')
  .max(35);
