import type { EventTypeListItem } from '@perennial/contracts';
import {
  DataTable,
  EmptyState,
  FilterRow,
  Page,
  PageHeader,
  SearchField,
  Sparkline,
  TableViewMenu,
  Time,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconBolt, IconSearchOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import { FormattedNumber } from 'react-intl';
import { useList } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useText, type Say } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { useUrlState } from '../../app/use-url-state.ts';
import classes from './Events.module.css';

/** Every type of event that was seen, with its volume. */
export function EventTypesPage() {
  const t = useText();
  const go = useGo();
  const [{ search }, setState] = useUrlState({ search: '' });
  const columns = useMemo(() => typeColumns(t), [t]);
  const view = useTableView('event-types', columns);
  const types = useList<EventTypeListItem>('/event_types', {
    query: { limit: 500 },
    every: 15_000,
  });
  const wanted = search.toLocaleLowerCase();
  const shown = types.items.filter((type) =>
    `${type.key} ${type.name ?? ''}`.toLocaleLowerCase().includes(wanted),
  );
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('events.type.back')}
          count={types.first ? shown.length : null}
          detail={t('events.types.detail')}
        />
      }
    >
      <FilterRow end={<TableViewMenu view={view} />}>
        <SearchField
          label={t('events.types.search')}
          value={search}
          onChange={(value) => setState({ search: value })}
        />
      </FilterRow>
      {types.error && types.items.length === 0 ? (
        <Problem error={types.error} onRetry={types.retry} />
      ) : (
        <DataTable
          label={t('events.type.back')}
          view={view}
          rows={shown}
          rowKey={(type) => type.key}
          onOpen={(type) => go(`event-types/${encodeURIComponent(type.key)}`)}
          loading={types.loading}
          empty={
            types.items.length > 0 ? (
              <EmptyState icon={IconSearchOff} title={t('events.types.noMatch')} />
            ) : (
              <EmptyState icon={IconBolt} title={t('events.types.empty.title')}>
                {t('events.empty.detail')}
              </EmptyState>
            )
          }
        />
      )}
    </Page>
  );
}

function typeColumns(t: Say): Column<EventTypeListItem>[] {
  return [
    {
      id: 'key',
      header: t('events.types.column.key'),
      width: 220,
      grow: 2,
      fixed: true,
      phone: 'title',
      cell: ({ key }) => (
        <span dir="auto" className={classes.type}>
          {key}
        </span>
      ),
    },
    {
      id: 'name',
      header: t('events.types.column.name'),
      width: 160,
      grow: 1,
      optional: true,
      cell: ({ name }) => name,
    },
    {
      id: 'volume',
      header: t('events.types.column.volume'),
      width: 180,
      grow: 1,
      cell: ({ days, count }) => (
        <Sparkline
          values={days}
          width={160}
          lastIsPartial
          label={t('events.types.volume', { count })}
        />
      ),
    },
    {
      id: 'day',
      header: t('events.types.column.day'),
      width: 100,
      align: 'end',
      phone: 'meta',
      cell: ({ days }) => <FormattedNumber value={days.at(-1) ?? 0} />,
    },
    {
      id: 'total',
      header: t('events.types.column.total'),
      width: 110,
      align: 'end',
      cell: (type) => <Count type={type} />,
    },
    {
      id: 'first',
      header: t('events.types.column.first'),
      width: 120,
      align: 'end',
      optional: true,
      cell: (type) => <Time at={type.created_at} />,
    },
    {
      id: 'seen',
      header: t('events.types.column.seen'),
      width: 120,
      align: 'end',
      phone: 'end',
      cell: (type) => <Time at={type.last_seen_at} />,
    },
  ];
}

/** An estimate says so. */
function Count({ type }: { type: EventTypeListItem }) {
  return (
    <>
      {type.approximate ? '≈ ' : ''}
      <FormattedNumber value={type.count} />
    </>
  );
}
