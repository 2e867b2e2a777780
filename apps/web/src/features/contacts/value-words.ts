import type { IntlShape } from 'react-intl';

/** Names of places: their values are codes as often as names. */
const COUNTRIES = new Set(['country', 'address.country']);

/**
 * A value of a field that every workspace has, as people say it: "GB" is the United Kingdom, "sdk"
 * an app or site. Values that nobody has words for stay as they are.
 */
export function valueWord(field: string, value: string, intl: IntlShape): string {
  if (COUNTRIES.has(field)) return countryWord(value, intl);
  if (field === 'language') {
    return intl.formatDisplayName(value, { type: 'language', fallback: 'code' }) ?? value;
  }
  const id = `contacts.${field}.${value.toLowerCase()}`;
  return Object.hasOwn(intl.messages, id) ? intl.formatMessage({ id }) : value;
}

/** What a contact, a value, an event or a consent came by. */
export function sourceWord(source: string, intl: IntlShape): string {
  return valueWord('source', source, intl);
}

function countryWord(value: string, intl: IntlShape): string {
  if (!/^[a-z]{2}$/i.test(value)) return value;
  return intl.formatDisplayName(value.toUpperCase(), { type: 'region', fallback: 'none' }) ?? value;
}
