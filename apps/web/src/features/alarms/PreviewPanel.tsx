import '@mantine/charts/styles.layer.css';
import { CompositeChart } from '@mantine/charts';
import { useDebouncedValue } from '@mantine/hooks';
import type { AlarmPoint, AlarmPreview, AlarmRule } from '@perennial/contracts';
import { Panel, SkeletonBlock } from '@perennial/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { useIntl } from 'react-intl';
import type { ApiProblem } from '../../api.ts';
import { FirstFew } from '../../app/FirstFew.tsx';
import { Problem } from '../../app/Problem.tsx';
import { SeriesLegend } from '../../app/SeriesLegend.tsx';
import { useApi } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { EPISODES_SHOWN, NumberAt } from './Episodes.tsx';
import classes from './Alarms.module.css';

/** So long the form rests before the past is asked. */
const REST_MS = 300;

/** What the rule would have done in the last 30 days, as a picture and in words. */
export function PreviewPanel({ rule }: { rule: AlarmRule | null }) {
  const t = useText();
  const [asked] = useDebouncedValue(rule, REST_MS);
  const preview = usePreview(asked);
  return <Panel title={t('alarms.preview')}>{content()}</Panel>;

  function content() {
    if (!asked) return <p className={classes.note}>{t('alarms.preview.choose')}</p>;
    if (!preview.data) {
      return preview.error ? (
        <Problem error={preview.error} onRetry={() => void preview.refetch()} />
      ) : (
        <SkeletonBlock height={280} />
      );
    }
    return <Shown preview={preview.data} rule={asked} />;
  }
}

function usePreview(rule: AlarmRule | null) {
  const api = useApi();
  return useQuery<AlarmPreview, ApiProblem>({
    queryKey: [api.workspace, 'alarm-preview', rule],
    queryFn: ({ signal }) => api.post<AlarmPreview>('/alarms/preview', { rule }, { signal }),
    placeholderData: keepPreviousData,
    enabled: rule !== null,
    staleTime: 60_000,
    retry: false,
  });
}

function Shown({
  preview: { points, episodes },
  rule,
}: {
  preview: AlarmPreview;
  rule: AlarmRule;
}) {
  const t = useText();
  const unknown = points.every(({ bound }) => bound === null);
  return (
    <>
      <p className={classes.lead}>
        {unknown
          ? t('alarms.preview.unknown')
          : t('alarms.preview.count', { count: episodes.length })}
      </p>
      <Chart points={points} rule={rule} />
      {points.some(({ down }) => down) && rule.direction === 'below' ? (
        <p className={classes.note}>{t('alarms.preview.down')}</p>
      ) : null}
      <FirstFew items={episodes.toReversed()} first={EPISODES_SHOWN}>
        {(shown) => (
          <ul className={classes.episodes}>
            {shown.map(({ from, value, bound }) => (
              <li key={from}>
                <span>
                  <NumberAt at={from} value={value} bound={bound} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </FirstFew>
    </>
  );
}

/** The height of what is raised, as a share of the picture's. */
const LEAST_SEEN = 0.03;

/** A series with its colour. */
type Drawn = ComponentProps<typeof CompositeChart>['series'][number] & { color: string };

function Chart({ points, rule }: { points: readonly AlarmPoint[]; rule: AlarmRule }) {
  const t = useText();
  const intl = useIntl();
  const names = {
    value: t('alarms.preview.value'),
    fired: t('alarms.preview.fired'),
    bound: t('alarms.preview.bound'),
    expected: t('alarms.preview.expected'),
  };
  const label = (from: string): string =>
    intl.formatDate(from, {
      day: 'numeric',
      month: 'short',
      ...(rule.period === 'hour' && { hour: 'numeric', minute: '2-digit' }),
    });
  // What is too little would not be seen at all.
  const least = LEAST_SEEN * Math.max(...points.map(({ value }) => value));
  const series: Drawn[] = [
    { name: names.value, type: 'bar', color: 'var(--p-accent)' },
    { name: names.fired, type: 'bar', color: 'var(--p-danger)' },
    { name: names.bound, type: 'line', color: 'var(--p-warning)' },
  ];
  if (rule.threshold.kind === 'usual') {
    series.push({ name: names.expected, type: 'line', color: 'var(--p-text-muted)' });
  }
  return (
    <>
      <CompositeChart
        h={280}
        dataKey="at"
        data={points.map(({ from, value, bound, expected, fires }) => ({
          at: label(from),
          [names.value]: fires ? 0 : value,
          [names.fired]: fires ? Math.max(value, least) : 0,
          ...(bound !== null && { [names.bound]: Math.round(bound * 10) / 10 }),
          ...(expected !== null && { [names.expected]: expected }),
        }))}
        series={series}
        withDots={false}
        valueFormatter={(value) => intl.formatNumber(value)}
        gridAxis="x"
        tickLine="none"
        strokeWidth={1.5}
        barProps={{ isAnimationActive: false, stackId: 'numbers' }}
        lineProps={{ isAnimationActive: false }}
        xAxisProps={{ minTickGap: 48 }}
      />
      <SeriesLegend series={series} />
    </>
  );
}
