import { Sparkline } from '@perennial/ui';
import { useIntl } from 'react-intl';
import { useText } from '../../app/text.tsx';
import { useDaySizes } from './use-day-sizes.ts';

/** How the size went in the last 30 days; a table reads those of the rows that are seen. */
export function SizeSparkline({ id }: { id: string }) {
  const t = useText();
  const intl = useIntl();
  const { data } = useDaySizes(id);
  const sizes = data?.days.map(({ size }) => size) ?? [];
  if (sizes.length < 2) return null;
  const label = t('segments.sparkline', {
    first: intl.formatNumber(sizes[0]!),
    last: intl.formatNumber(sizes.at(-1)!),
  });
  return <Sparkline values={sizes} label={label} width={84} height={20} />;
}
