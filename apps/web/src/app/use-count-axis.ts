import { useIntl } from 'react-intl';

/** The axis of a chart that counts: whole numbers, great ones short enough to stand beside it. */
export function useCountAxis() {
  const intl = useIntl();
  return {
    width: 56,
    allowDecimals: false,
    tickFormatter: (value: number) =>
      intl.formatNumber(value, value >= 10_000 ? { notation: 'compact' } : {}),
  };
}
