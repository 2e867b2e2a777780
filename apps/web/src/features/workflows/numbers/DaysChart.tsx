import '@mantine/charts/styles.layer.css';
import { BarChart } from '@mantine/charts';
import type { WorkflowDays } from '@perennial/contracts';
import { SkeletonBlock } from '@perennial/ui';
import { useIntl } from 'react-intl';
import { useRead } from '../../../app/data.ts';
import { Problem } from '../../../app/Problem.tsx';
import { SeriesLegend } from '../../../app/SeriesLegend.tsx';
import { useText } from '../../../app/text.tsx';
import { useCountAxis } from '../../../app/use-count-axis.ts';
import { notStartedWords } from '../not-started.ts';
import classes from '../Workflows.module.css';

/** Colours of refusals, in the order of their number; the rest of them share the last. */
const REFUSED = ['var(--p-warning)', 'var(--p-danger)', 'var(--p-info)', 'var(--p-text-muted)'];

/** Starts by day, and above them those that were refused, by the check that refused them. */
export function DaysChart({ workflow, days }: { workflow: string; days: number }) {
  const t = useText();
  const intl = useIntl();
  const counts = useCountAxis();
  const read = useRead<WorkflowDays>(`/workflows/${workflow}/stats/days`, {
    query: { days: Math.max(7, days) },
    every: 30_000,
  });
  const reasons = reasonsOf(read.data);
  const total = (read.data?.days ?? []).reduce((sum, { started }) => sum + started, 0);
  return (
    <section>
      <h3 className={classes.section}>{t('workflows.numbers.chart')}</h3>
      {content()}
    </section>
  );

  function content() {
    if (!read.data) {
      return read.error ? (
        <Problem error={read.error} onRetry={() => void read.refetch()} />
      ) : (
        <SkeletonBlock height={200} />
      );
    }
    if (total === 0 && reasons.length === 0) {
      return <p className={classes.note}>{t('workflows.numbers.chart.none')}</p>;
    }
    const started = t('workflows.numbers.started');
    const series = [
      { name: started, color: 'var(--p-accent)' },
      ...reasons.map((reason, i) => ({
        name: notStartedWords(reason, t),
        color: REFUSED[Math.min(i, REFUSED.length - 1)]!,
      })),
    ];
    return (
      <>
        <BarChart
          h={200}
          type="stacked"
          dataKey="day"
          data={read.data.days.map((day) => ({
            day: intl.formatDate(day.day, { day: 'numeric', month: 'short', timeZone: 'UTC' }),
            [started]: day.started,
            ...Object.fromEntries(
              reasons.map((reason) => [notStartedWords(reason, t), day.not_started[reason] ?? 0]),
            ),
          }))}
          series={series}
          valueFormatter={(value) => intl.formatNumber(value)}
          gridAxis="x"
          tickLine="none"
          maxBarWidth={24}
          barProps={{ isAnimationActive: false }}
          yAxisProps={counts}
        />
        <SeriesLegend series={series} />
      </>
    );
  }
}

/** Reasons of the days, the most frequent first. */
function reasonsOf(data: WorkflowDays | undefined): string[] {
  const sums = new Map<string, number>();
  for (const { not_started: refused } of data?.days ?? []) {
    for (const [reason, n] of Object.entries(refused)) {
      sums.set(reason, (sums.get(reason) ?? 0) + n);
    }
  }
  return [...sums].toSorted(([, a], [, b]) => b - a).map(([reason]) => reason);
}
