import type { IntlShape } from 'react-intl';

const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const date = /^\d{4}-\d{2}-\d{2}$/;

/** A value of any type as a text in the user's formats. */
export function sayValue(value: unknown, intl: IntlShape): string {
  const stored = typeof value === 'string' ? value : JSON.stringify(value);
  if (typeof value === 'number') return intl.formatNumber(value, { maximumFractionDigits: 20 });
  if (typeof value === 'boolean') return intl.formatMessage({ id: value ? 'ui.yes' : 'ui.no' });
  if (Array.isArray(value)) return intl.formatList(value.map(String), { type: 'unit' });
  if (instant.test(stored))
    return intl.formatDate(stored, { dateStyle: 'medium', timeStyle: 'short' });
  // A date has no zone: read in UTC and written in UTC it stays the day that it is.
  if (date.test(stored)) return intl.formatDate(stored, { dateStyle: 'long', timeZone: 'UTC' });
  return stored;
}
