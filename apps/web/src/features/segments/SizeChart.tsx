import '@mantine/charts/styles.layer.css';
import { AreaChart } from '@mantine/charts';
import { SegmentedControl } from '@mantine/core';
import type { Segment } from '@perennial/contracts';
import { Panel, SkeletonBlock } from '@perennial/ui';
import { useState } from 'react';
import { FormattedNumber, useIntl } from 'react-intl';
import { Problem } from '../../app/Problem.tsx';
import { useText } from '../../app/text.tsx';
import { useCountAxis } from '../../app/use-count-axis.ts';
import { useDaySizes } from './use-day-sizes.ts';
import classes from './Segments.module.css';

const SPANS = [30, 90, 365] as const;

interface SizeChartProps {
  segment: Pick<Segment, 'id' | 'created_at'>;
}

/** How many were in the segment at the end of each day, with who came and went. */
export function SizeChart({ segment: { id, created_at: createdAt } }: SizeChartProps) {
  const t = useText();
  const [span, setSpan] = useState<number>(SPANS[0]);
  const { data, error, refetch } = useDaySizes(id, span);
  return (
    <Panel
      title={t('segments.chart')}
      actions={
        <SegmentedControl
          aria-label={t('segments.chart.span')}
          value={String(span)}
          onChange={(value) => setSpan(Number(value))}
          data={SPANS.map((days) => ({
            value: String(days),
            label: t('segments.chart.days', { days }),
          }))}
        />
      }
    >
      {error ? <Problem error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <Days days={sinceMade(data.days, createdAt)} />
      ) : error ? null : (
        <SkeletonBlock height={220} />
      )}
    </Panel>
  );
}

/** Before it was made nobody counted: there it has no size, not none. */
function sinceMade(days: readonly Day[], createdAt: string): readonly Day[] {
  const first = days.findIndex(
    ({ day, size, entered, left }) => day >= createdAt.slice(0, 10) || size + entered + left > 0,
  );
  return first === -1 ? [] : days.slice(first);
}

interface Day {
  day: string;
  size: number;
  entered: number;
  left: number;
}

function Days({ days }: { days: readonly Day[] }) {
  const t = useText();
  const intl = useIntl();
  const counts = useCountAxis();
  const size = t('segments.chart.size');
  const sum = (of: 'entered' | 'left') => days.reduce((all, day) => all + day[of], 0);
  return (
    <>
      <p className={classes.moves}>
        {t('segments.chart.entered')}{' '}
        <b>
          +<FormattedNumber value={sum('entered')} />
        </b>
        {' · '}
        {t('segments.chart.left')}{' '}
        <b>
          −<FormattedNumber value={sum('left')} />
        </b>
      </p>
      <AreaChart
        h={220}
        data={days.map((each) => ({
          day: intl.formatDate(each.day, { day: 'numeric', month: 'short', timeZone: 'UTC' }),
          [size]: each.size,
        }))}
        dataKey="day"
        series={[{ name: size, color: 'var(--p-accent)' }]}
        valueFormatter={(value) => intl.formatNumber(value)}
        curveType="linear"
        gridAxis="x"
        tickLine="none"
        withDots={days.length < 3}
        areaProps={{ isAnimationActive: false }}
        yAxisProps={counts}
      />
    </>
  );
}
