import type { Webhook } from '@perennial/contracts';
import { Sparkline } from '@perennial/ui';
import { useText } from '../../app/text.tsx';
import { hoursOfDay } from './hours-of-day.ts';

interface HoursSparklineProps {
  hours: Webhook['hours'];
  /** Epoch milliseconds. */
  now: number;
  width?: number;
}

/** How many facts were told, by hour; nothing where there were none. */
export function HoursSparkline({ hours, now, width = 120 }: HoursSparklineProps) {
  const t = useText();
  const values = hoursOfDay(hours, now);
  const delivered = values.reduce((sum, n) => sum + n, 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  if (delivered + failed === 0) return null;
  const label = t('webhooks.hours', { delivered, failed });
  return (
    <span title={label}>
      <Sparkline values={values} label={label} width={width} height={20} lastIsPartial />
    </span>
  );
}
