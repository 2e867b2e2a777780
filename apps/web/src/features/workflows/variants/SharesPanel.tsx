import '@mantine/charts/styles.layer.css';
import { BarChart } from '@mantine/charts';
import type { BlockVariants } from '@perennial/contracts';
import { Panel } from '@perennial/ui';
import { useIntl } from 'react-intl';
import { useText } from '../../../app/text.tsx';
import { dayShares, shareSeries } from './share-series.ts';
import classes from './Variants.module.css';

/** How the choices were shared among the variants, day by day. */
export function SharesPanel({ block }: { block: BlockVariants }) {
  const t = useText();
  const intl = useIntl();
  const series = shareSeries(block);
  const names = new Map(block.variants.map(({ message, name }) => [message, name]));
  const nameOf = (message: string | null) =>
    message === null ? t('variants.others') : (names.get(message) ?? message);
  if (series.length === 0) {
    return (
      <Panel title={t('variants.shares')}>
        <p className={classes.note}>{t('variants.shares.none')}</p>
      </Panel>
    );
  }
  return (
    <Panel title={t('variants.shares')}>
      <BarChart
        h={220}
        type="percent"
        data={block.days.map((day) => ({
          day: intl.formatDate(`${day.day}T12:00:00Z`, {
            day: 'numeric',
            month: 'short',
            timeZone: 'UTC',
          }),
          ...dayShares(day, series),
        }))}
        dataKey="day"
        series={series.map(({ message, colour }) => ({
          name: message ?? 'others',
          label: nameOf(message),
          color: colour,
        }))}
        valueFormatter={(value) => intl.formatNumber(value)}
        gridAxis="x"
        tickLine="none"
        maxBarWidth={28}
        barProps={{ isAnimationActive: false }}
        yAxisProps={{ width: 56 }}
      />
      <ul className={classes.legend}>
        {series.map(({ message, colour }) => (
          <li key={message ?? 'others'}>
            <span className={classes.dot} style={{ background: colour }} aria-hidden />
            <span dir="auto">{nameOf(message)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
