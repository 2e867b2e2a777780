import { Anchor, Button, SegmentedControl } from '@mantine/core';
import type { EventTypeSchema, EventTypeStats } from '@perennial/contracts';
import { Page, PageHeader, Panel, SkeletonBlock, SkeletonLines, StatNumber } from '@perennial/ui';
import { IconBolt } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { FormattedDate, FormattedNumber } from 'react-intl';
import { Link, useParams } from 'react-router';
import { useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { SchemaTable } from './SchemaTable.tsx';
import classes from './Events.module.css';

const VolumeChart = lazy(async () => ({
  default: (await import('./VolumeChart.tsx')).VolumeChart,
}));

/** One event type: how many a day, and what its events carry. */
export function EventTypePage() {
  const t = useText();
  const to = useTo();
  const { key = '' } = useParams();
  const path = `/event_types/${encodeURIComponent(key)}`;
  const stats = useRead<EventTypeStats>(`${path}/stats`, { every: 15_000 });
  const schema = useRead<EventTypeSchema>(`${path}/schema`);
  return (
    <Page
      width="reading"
      header={
        <PageHeader
          back={
            <Anchor component={Link} to={to('event-types')} size="sm" c="dimmed">
              {t('events.type.back')}
            </Anchor>
          }
          title={key}
          actions={
            <Button
              component={Link}
              to={to(`events?type=${encodeURIComponent(key)}`)}
              variant="default"
              leftSection={<IconBolt size={16} />}
            >
              {t('events.type.live')}
            </Button>
          }
        />
      }
    >
      <div className={classes.stack}>
        {stats.error ? (
          <Problem error={stats.error} onRetry={() => void stats.refetch()} />
        ) : (
          <Volume stats={stats.data} />
        )}
        <Panel title={t('events.type.schema')} flush>
          <p className={classes.note}>{t('events.type.schemaDetail')}</p>
          {schema.isPending ? <SkeletonLines lines={4} /> : null}
          {schema.error ? (
            <Problem error={schema.error} onRetry={() => void schema.refetch()} />
          ) : null}
          {schema.data ? <SchemaTable parameters={schema.data.parameters} /> : null}
        </Panel>
      </div>
    </Page>
  );
}

function Volume({ stats }: { stats: EventTypeStats | undefined }) {
  const t = useText();
  const [shown, setShown] = useState('chart');
  const days = stats?.days;
  return (
    <Panel
      title={t('events.type.volume')}
      actions={
        <SegmentedControl
          value={shown}
          onChange={setShown}
          data={[
            { value: 'chart', label: t('events.type.chart') },
            { value: 'table', label: t('events.type.table') },
          ]}
        />
      }
    >
      <div className={classes.numbers}>
        <StatNumber
          label={t('events.type.days')}
          value={stats?.count}
          hint={stats?.approximate ? t('events.type.approximate') : null}
        />
      </div>
      {days && shown === 'chart' ? (
        <Suspense fallback={<SkeletonBlock height={220} />}>
          <VolumeChart days={days} />
        </Suspense>
      ) : null}
      {days && shown === 'table' ? <DayTable days={days} /> : null}
      {days ? null : <SkeletonBlock height={220} />}
    </Panel>
  );
}

function DayTable({ days }: Pick<EventTypeStats, 'days'>) {
  const t = useText();
  return (
    <table className={classes.schema}>
      <thead>
        <tr>
          <th scope="col">{t('events.type.dayColumn')}</th>
          <th scope="col" className={classes.number}>
            {t('events.type.countColumn')}
          </th>
        </tr>
      </thead>
      <tbody>
        {days.toReversed().map(({ day, count }) => (
          <tr key={day}>
            <td>
              <FormattedDate value={day} dateStyle="medium" timeZone="UTC" />
            </td>
            <td className={classes.number}>
              <FormattedNumber value={count} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
