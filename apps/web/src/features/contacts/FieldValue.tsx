import { Copyable } from '@perennial/ui';
import { FormattedNumber, useIntl, type IntlShape } from 'react-intl';

const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const date = /^\d{4}-\d{2}-\d{2}$/;

/** A field's value in the user's formats; a click copies what is stored. */
export function FieldValue({ value }: { value: unknown }) {
  const intl = useIntl();
  if (value === null || value === undefined || value === '') return '–';
  const stored = typeof value === 'string' ? value : JSON.stringify(value);
  return (
    <Copyable value={stored} mono={typeof value === 'object' && !Array.isArray(value)}>
      {typeof value === 'number' ? (
        <FormattedNumber value={value} maximumFractionDigits={20} />
      ) : (
        said(value, stored, intl)
      )}
    </Copyable>
  );
}

function said(value: unknown, stored: string, intl: IntlShape): string {
  if (typeof value === 'boolean') return intl.formatMessage({ id: value ? 'ui.yes' : 'ui.no' });
  if (Array.isArray(value)) return intl.formatList(value.map(String), { type: 'unit' });
  if (instant.test(stored))
    return intl.formatDate(stored, { dateStyle: 'medium', timeStyle: 'short' });
  // A date has no zone: read in UTC and written in UTC it stays the day that it is.
  if (date.test(stored)) return intl.formatDate(stored, { dateStyle: 'long', timeZone: 'UTC' });
  return stored;
}
