import { Sparkline } from '@perennial/ui';
import { useIntl } from 'react-intl';
import { useText } from '../../app/text.tsx';

/** How the size went in the last 30 days; nothing until that is known. */
export function SizeSparkline({ sizes }: { sizes: readonly number[] | undefined }) {
  const t = useText();
  const intl = useIntl();
  if (sizes === undefined || sizes.length < 2) return null;
  const label = t('segments.sparkline', {
    first: intl.formatNumber(sizes[0]!),
    last: intl.formatNumber(sizes.at(-1)!),
  });
  return <Sparkline values={sizes} label={label} width={84} height={20} />;
}
