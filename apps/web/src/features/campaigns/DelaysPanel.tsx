import { BarChart } from '@mantine/charts';
import type { CampaignReport } from '@perennial/contracts';
import { Panel } from '@perennial/ui';
import { useIntl } from 'react-intl';
import { useText, type Say } from '../../app/text.tsx';
import { useCountAxis } from '../../app/use-count-axis.ts';
import { ChartLegend } from './ChartLegend.tsx';
import { COLORS } from './chart-colors.ts';
import classes from './Campaigns.module.css';

const MINUTE_MS = 60_000;

/** How soon after the hand-over people act: when to look at a test, and when to write again. */
export function DelaysPanel({ delays }: { delays: CampaignReport['delays'] }) {
  const t = useText();
  const intl = useIntl();
  const counts = useCountAxis();
  const names = {
    opened: t('campaigns.report.opened'),
    clicked: t('campaigns.report.clicked'),
  };
  const opened = delays.reduce((sum, piece) => sum + piece.opened, 0);
  if (opened === 0) return null;
  return (
    <Panel
      title={t('campaigns.delays')}
      actions={<ChartLegend names={names} series={['opened', 'clicked']} />}
    >
      <BarChart
        h={200}
        data={delays.map((piece, i) => ({
          after: nameOf(delays[i - 1]?.until_ms ?? 0, piece.until_ms, t),
          [names.opened]: piece.opened,
          [names.clicked]: piece.clicked,
        }))}
        dataKey="after"
        series={[
          { name: names.opened, color: COLORS.opened },
          { name: names.clicked, color: COLORS.clicked },
        ]}
        valueFormatter={(value) => intl.formatNumber(value)}
        gridAxis="x"
        tickLine="none"
        maxBarWidth={28}
        barProps={{ isAnimationActive: false }}
        yAxisProps={counts}
      />
      <p className={`${classes.note} ${classes.below}`}>
        {t('campaigns.delays.half', { within: halfOf(delays, opened, t) })}
      </p>
    </Panel>
  );
}

/** Before when half of those who opened had. */
function halfOf(delays: CampaignReport['delays'], opened: number, t: Say): string {
  let sum = 0;
  const piece = delays.find((each) => (sum += each.opened) * 2 >= opened);
  const until = piece?.until_ms ?? null;
  return until === null ? t('campaigns.delays.later') : lengthOf(until, t);
}

function nameOf(from: number, until: number | null, t: Say): string {
  if (until === null) return t('campaigns.delays.over', { length: lengthOf(from, t) });
  return t('campaigns.delays.under', { length: lengthOf(until, t) });
}

function lengthOf(ms: number, t: Say): string {
  const minutes = ms / MINUTE_MS;
  if (minutes < 60) return t('campaigns.delays.minutes', { n: minutes });
  if (minutes < 24 * 60) return t('campaigns.delays.hours', { n: minutes / 60 });
  return t('campaigns.delays.days', { n: minutes / (24 * 60) });
}
