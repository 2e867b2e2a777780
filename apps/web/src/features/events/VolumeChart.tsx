import '@mantine/charts/styles.layer.css';
import { BarChart } from '@mantine/charts';
import type { EventTypeStats } from '@perennial/contracts';
import { useId } from 'react';
import { useIntl } from 'react-intl';
import { useText } from '../../app/text.tsx';

/** Events a day; today stands hatched, since it is not over. */
export function VolumeChart({ days }: Pick<EventTypeStats, 'days'>) {
  const t = useText();
  const intl = useIntl();
  const hatch = useId();
  const whole = t('events.type.countColumn');
  const partial = t('events.type.today');
  const today = days.length - 1;
  return (
    <BarChart
      h={220}
      type="stacked"
      data={days.map(({ day, count }, index) => ({
        day: intl.formatDate(day, { day: 'numeric', month: 'short', timeZone: 'UTC' }),
        ...(index === today ? { [partial]: count } : { [whole]: count }),
      }))}
      dataKey="day"
      series={[
        { name: whole, color: 'var(--p-accent)' },
        { name: partial, color: `url(#${hatch})` },
      ]}
      valueFormatter={(value) => intl.formatNumber(value)}
      gridAxis="x"
      tickLine="none"
      maxBarWidth={28}
      barProps={{ radius: 3, isAnimationActive: false }}
    >
      <defs>
        <pattern
          id={hatch}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="6" height="6" fill="var(--p-accent-soft)" />
          <rect width="3" height="6" fill="var(--p-accent)" opacity="0.6" />
        </pattern>
      </defs>
    </BarChart>
  );
}
