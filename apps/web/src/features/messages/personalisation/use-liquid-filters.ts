import type { LiquidFilter } from '@perennial/ui';
import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import type { TextId } from '../../../app/catalogue.ts';
import { useWorkspace } from '../../../app/session.ts';

/** An hour of some day, for examples that do not change while somebody reads them. */
const DAY = new Date('2026-03-02T13:30:00Z');

/** Filters to offer, each with what it would make of something in the language of the interface. */
export function useLiquidFilters(): readonly LiquidFilter[] {
  const intl = useIntl();
  const { currency } = useWorkspace();
  // The same list as long as nothing changes: an editor begins anew with another.
  return useMemo(() => {
    const { locale } = intl;
    const t = (id: TextId) => intl.formatMessage({ id });
    const date = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(DAY);
    const number = (value: number, options: Intl.NumberFormatOptions = {}) =>
      new Intl.NumberFormat(locale, options).format(value);
    const days = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(4, 'day');
    return [
      { name: 'default', insert: 'default: ""', example: t('messages.filters.default') },
      { name: 'fallback', insert: 'fallback: ""', example: t('messages.filters.fallback') },
      {
        name: 'local_date',
        insert: 'local_date: "long"',
        example: date({ dateStyle: 'long' }),
      },
      { name: 'local_time', example: date({ timeStyle: 'short' }) },
      {
        name: 'local_date_time',
        insert: 'local_date_time: "long"',
        example: date({ dateStyle: 'long', timeStyle: 'short' }),
      },
      { name: 'relative', example: days },
      { name: 'number', example: number(1_234.5) },
      { name: 'percent', example: number(0.26, { style: 'percent' }) },
      { name: 'money', example: number(1_999, { style: 'currency', currency }) },
      {
        name: 'plural',
        insert: 'plural: one: "# day", other: "# days"',
        example: t('messages.filters.plural'),
      },
      { name: 'capitalize', example: 'anna → Anna' },
      { name: 'upcase', example: 'Anna → ANNA' },
      { name: 'url_encode', example: 'a b → a+b' },
      { name: 'date', insert: 'date: "%d.%m.%Y"', example: '02.03.2026' },
    ];
  }, [intl, currency]);
}
