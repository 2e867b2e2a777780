import { Anchor, Button, SegmentedControl, Tooltip } from '@mantine/core';
import type {
  EventType,
  EventTypeErrors,
  EventTypeSchema,
  EventTypeStats,
} from '@perennial/contracts';
import {
  Page,
  PageHeader,
  Panel,
  SkeletonBlock,
  SkeletonLines,
  StatNumber,
  StatusBadge,
} from '@perennial/ui';
import { IconBolt } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { FormattedDate, FormattedNumber, useIntl } from 'react-intl';
import { Link, useParams } from 'react-router';
import { useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { DeleteEvents } from './DeleteEvents.tsx';
import { DeleteType } from './DeleteType.tsx';
import { SchemaTable } from './SchemaTable.tsx';
import { TypeErrors } from './TypeErrors.tsx';
import { TypeSettings } from './TypeSettings.tsx';
import { TypeUses } from './TypeUses.tsx';
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
  const type = useRead<EventType>(path);
  const mayWrite = useRight('settings.write');
  const stats = useRead<EventTypeStats>(`${path}/stats`, { every: 15_000 });
  const errors = useRead<EventTypeErrors>(`${path}/errors`, { every: 15_000 });
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
          title={type.data?.name ?? key}
          status={
            type.data?.system ? (
              <Tooltip label={t('events.types.systemDetail')}>
                <span>
                  <StatusBadge tone="neutral" variant="soft">
                    {t('events.types.system')}
                  </StatusBadge>
                </span>
              </Tooltip>
            ) : null
          }
          detail={type.data && type.data.name !== key ? key : null}
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
        {type.error ? <Problem error={type.error} onRetry={() => void type.refetch()} /> : null}
        <Decline decline={stats.data?.decline ?? null} />
        {stats.error ? (
          <Problem error={stats.error} onRetry={() => void stats.refetch()} />
        ) : (
          <Volume stats={stats.data} />
        )}
        {errors.error ? (
          <Problem error={errors.error} onRetry={() => void errors.refetch()} />
        ) : null}
        {errors.data ? <TypeErrors errors={errors.data} /> : null}
        {type.data ? <TypeUses uses={type.data.uses} /> : null}
        {type.data ? (
          <TypeSettings
            key={JSON.stringify(type.data)}
            type={type.data}
            seen={schema.data?.parameters.map((parameter) => parameter.path) ?? []}
          />
        ) : null}
        <Panel title={t('events.type.schema')} flush>
          <p className={classes.note}>{t('events.type.schemaDetail')}</p>
          {schema.isPending ? <SkeletonLines lines={4} /> : null}
          {schema.error ? (
            <Problem error={schema.error} onRetry={() => void schema.refetch()} />
          ) : null}
          {schema.data ? <SchemaTable parameters={schema.data.parameters} /> : null}
        </Panel>
        {mayWrite && type.data && !type.data.system ? (
          <>
            <DeleteEvents type={type.data} />
            <DeleteType type={type.data} count={stats.data?.count} />
          </>
        ) : null}
      </div>
    </Page>
  );
}

/** Said when yesterday had far fewer than its weekday usually has. */
function Decline({ decline }: Pick<EventTypeStats, 'decline'>) {
  const t = useText();
  const intl = useIntl();
  if (!decline) return null;
  const day = intl.formatDate(decline.day, { dateStyle: 'full', timeZone: 'UTC' });
  const { count, usual } = decline;
  return (
    <div role="status" className={classes.decline}>
      {t('events.decline', { day, count, usual })}
    </div>
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
        <StatNumber label={t('events.type.days')} value={stats?.count} />
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
