import '@mantine/charts/styles.layer.css';
import { BarChart } from '@mantine/charts';
import { Anchor, Switch } from '@mantine/core';
import type { Campaign, CampaignReport as Report } from '@perennial/contracts';
import { Copyable, Fact, Facts, Panel, SkeletonBlock, StatNumber, Time } from '@perennial/ui';
import { FormattedNumber, useIntl } from 'react-intl';
import { Link } from 'react-router';
import { useRead } from '../../app/data.ts';
import { Late } from '../../app/Late.tsx';
import { Problem } from '../../app/Problem.tsx';
import { Rich, useText } from '../../app/text.tsx';
import { useCountAxis } from '../../app/use-count-axis.ts';
import { useTo } from '../../app/use-to.ts';
import { useUrlState } from '../../app/use-url-state.ts';
import { BalancePanel } from './BalancePanel.tsx';
import { ChartLegend } from './ChartLegend.tsx';
import { COLORS } from './chart-colors.ts';
import { DelaysPanel } from './DelaysPanel.tsx';
import { LinksPanel } from './LinksPanel.tsx';
import { SubjectsPanels } from '../messages/subjects/SubjectsPanels.tsx';
import { VariantsPanel } from './VariantsPanel.tsx';
import classes from './Campaigns.module.css';

const MAIN = [
  'sent',
  'delivered',
  'opened',
  'clicked',
  'unsubscribed',
  'complained',
  'undelivered',
] as const;

/** What a campaign that was started does and did. */
export function CampaignReport({ campaign }: { campaign: Campaign }) {
  const t = useText();
  const [{ machines }, setState] = useUrlState({ machines: '' });
  const path = `/campaigns/${campaign.id}/report`;
  const every = campaign.state === 'running' ? 2_000 : 10_000;
  const people = useRead<Report>(path, { every });
  const all = useRead<Report>(path, {
    every,
    query: { machines: 'true' },
    enabled: machines !== '',
  });
  // What is there stays until the other is.
  const { data, error, refetch } = machines && all.data ? all : people;
  if (!data) {
    return error ? (
      <Problem error={error} onRetry={() => void refetch()} />
    ) : (
      <div className={classes.column}>
        <Late>
          <p className={classes.note}>{t('campaigns.report.first')}</p>
        </Late>
        <SkeletonBlock height={480} />
      </div>
    );
  }
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        <OutcomePanel
          campaign={campaign}
          report={data}
          withMachines={machines !== ''}
          onWithMachines={(on) => setState({ machines: on ? 'yes' : '' })}
        />
        <VariantsPanel campaign={campaign} variants={data.variants} />
        <SubjectsPanels subjects={data.subjects} />
        <TimePanel report={data} />
        <DelaysPanel delays={data.delays} />
        <LinksPanel campaign={campaign} report={data} />
        <Groups report={data} />
      </div>
      <div className={classes.column}>
        <BalancePanel campaign={campaign} balance={data.balance} />
        <FactsPanel campaign={campaign} />
      </div>
    </div>
  );
}

interface OutcomeProps {
  campaign: Campaign;
  report: Report;
  withMachines: boolean;
  onWithMachines: (on: boolean) => void;
}

/** Each number leads to the contacts behind it, where they can be exported or put into a list. */
function OutcomePanel({
  campaign: { id },
  report: { totals, machines, counted_at: countedAt, counting },
  withMachines,
  onWithMachines,
}: OutcomeProps) {
  const t = useText();
  const to = useTo();
  return (
    <Panel
      title={t('campaigns.report')}
      actions={
        <Switch
          size="xs"
          labelPosition="left"
          label={t('campaigns.report.withMachines')}
          checked={withMachines}
          onChange={(event) => onWithMachines(event.currentTarget.checked)}
        />
      }
    >
      <div className={classes.form}>
        <div className={classes.outcomes}>
          {MAIN.map((name) => (
            <StatNumber
              key={name}
              size="medium"
              label={t(`campaigns.report.${name}`)}
              value={totals[name]}
              hint={name === 'sent' ? null : <Rate n={totals[name]} of={totals.sent} />}
              after={
                totals[name] > 0 ? (
                  <Anchor
                    component={Link}
                    to={to(
                      `contacts?filter=${encodeURIComponent(filterFor(id, name, withMachines))}`,
                    )}
                    size="xs"
                  >
                    {t('campaigns.report.who')}
                  </Anchor>
                ) : null
              }
            />
          ))}
          {totals.uncertain > 0 ? (
            <StatNumber
              size="medium"
              label={t('campaigns.report.uncertain')}
              value={totals.uncertain}
            />
          ) : null}
        </div>
        {machines.opened + machines.clicked > 0 ? (
          <p className={classes.note}>
            {t(withMachines ? 'campaigns.report.machinesIn' : 'campaigns.report.machines', {
              ...machines,
            })}
          </p>
        ) : null}
        <p className={classes.note}>
          <Rich
            id={counting ? 'campaigns.report.countingAnew' : 'campaigns.report.countedAt'}
            values={{ at: <Time key="at" at={countedAt} style="exact" /> }}
          />
        </p>
      </div>
    </Panel>
  );
}

/** Whom that happened to by a campaign, as the list of contacts filters them. */
function filterFor(campaign: string, action: (typeof MAIN)[number], withMachines: boolean): string {
  const where = { param: 'campaign', op: 'equals', value: campaign };
  const isVisit = action === 'opened' || action === 'clicked';
  return JSON.stringify({
    type: 'message',
    action,
    where,
    period: { kind: 'ever' },
    ...(isVisit && withMachines && { machine: true }),
  });
}

function Rate({ n, of }: { n: number; of: number }) {
  if (of === 0) return <>–</>;
  return <FormattedNumber value={n / of} style="percent" maximumFractionDigits={1} />;
}

const SERIES = ['sent', 'opened', 'clicked'] as const;

function TimePanel({ report: { over_time: pieces, bucket_ms: bucketMs } }: { report: Report }) {
  const t = useText();
  const intl = useIntl();
  const counts = useCountAxis();
  const names = {
    sent: t('campaigns.report.sent'),
    opened: t('campaigns.report.opened'),
    clicked: t('campaigns.report.clicked'),
  };
  const format = (at: string) =>
    intl.formatDate(at, {
      day: 'numeric',
      month: 'short',
      ...(bucketMs < 86_400_000 && { hour: 'numeric', minute: '2-digit' }),
    });
  return (
    <Panel
      title={t('campaigns.report.overTime')}
      actions={<ChartLegend series={SERIES} names={names} />}
    >
      {pieces.length === 0 ? (
        <p className={classes.note}>{t('campaigns.report.none')}</p>
      ) : (
        <BarChart
          h={220}
          data={pieces.map((piece) => ({
            at: format(piece.at),
            [names.sent]: piece.sent,
            [names.opened]: piece.opened,
            [names.clicked]: piece.clicked,
          }))}
          dataKey="at"
          series={SERIES.map((each) => ({ name: names[each], color: COLORS[each] }))}
          valueFormatter={(value) => intl.formatNumber(value)}
          gridAxis="x"
          tickLine="none"
          maxBarWidth={28}
          barProps={{ isAnimationActive: false }}
          yAxisProps={counts}
        />
      )}
    </Panel>
  );
}

const GROUP_COLUMNS = ['sent', 'delivered', 'opened', 'clicked', 'undelivered'] as const;

function Groups({ report: { languages, domains } }: { report: Report }) {
  const t = useText();
  return (
    <>
      <GroupPanel title={t('campaigns.report.languages')} rows={languages} />
      <GroupPanel title={t('campaigns.report.domains')} rows={domains} />
    </>
  );
}

function GroupPanel({ title, rows }: { title: string; rows: Report['languages'] }) {
  const t = useText();
  if (rows.length === 0) return null;
  return (
    <Panel title={title} flush>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('campaigns.report.name')}</th>
              {GROUP_COLUMNS.map((name) => (
                <th key={name} scope="col">
                  {t(`campaigns.report.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <td dir="auto">{row.name || '–'}</td>
                {GROUP_COLUMNS.map((name) => (
                  <td key={name}>
                    <FormattedNumber value={row[name]} />
                    {name === 'sent' ? null : (
                      <span className={classes.rate}>
                        <Rate n={row[name]} of={row.sent} />
                      </span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** The workflow that launched it, with the run's path. */
function originPath({ workflow, run }: NonNullable<Campaign['origin']>): string {
  return `workflows/${workflow}${run ? `?run=${run}` : ''}`;
}

function FactsPanel({ campaign }: { campaign: Campaign }) {
  const t = useText();
  const to = useTo();
  const { message, message_name: name, message_version: version } = campaign;
  return (
    <Panel title={t('campaigns.facts')}>
      <Facts>
        <Fact label={t('campaigns.message')}>
          {message ? (
            <Anchor component={Link} to={to(`messages/${message}`)} inherit dir="auto">
              {name}
            </Anchor>
          ) : null}
          {version ? ` · ${t('campaigns.version', { version })}` : ''}
        </Fact>
        {campaign.origin ? (
          <Fact label={t('campaigns.origin')}>
            <Anchor component={Link} to={to(originPath(campaign.origin))} inherit>
              {t('campaigns.origin.workflow')}
            </Anchor>
          </Fact>
        ) : null}
        <Fact label={t('campaigns.column.tags')}>{campaign.tags.join(', ')}</Fact>
        <Fact label={t('campaigns.column.key')}>
          <Copyable value={campaign.key} mono />
        </Fact>
      </Facts>
    </Panel>
  );
}
