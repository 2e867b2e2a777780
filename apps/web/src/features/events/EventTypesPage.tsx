import { Button, Checkbox, Tooltip } from '@mantine/core';
import type { EventTypeListItem } from '@perennial/contracts';
import {
  EmptyState,
  FilterChip,
  FilterRow,
  Page,
  PageHeader,
  SearchField,
  Sparkline,
  StatusBadge,
  TableViewMenu,
  Time,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconBolt, IconPlus, IconSearchOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { FormattedNumber } from 'react-intl';
import { useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useRight } from '../../app/session.ts';
import { useText, type Say } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { useUrlState } from '../../app/use-url-state.ts';
import { NewType } from './NewType.tsx';
import { useCategories } from './use-categories.ts';
import classes from './Events.module.css';

/** Every type of event that was seen, with its volume. */
export function EventTypesPage() {
  const t = useText();
  const go = useGo();
  const mayWrite = useRight('settings.write');
  const [creating, setCreating] = useState(false);
  const [{ search, category, active, uses, system }, setState] = useUrlState({
    search: '',
    system: '',
    category: '',
    active: '',
    uses: '',
  });
  const columns = useMemo(() => typeColumns(t), [t]);
  const view = useTableView('event-types', columns);
  const types = useList<EventTypeListItem>('/event_types', {
    query: {
      limit: 500,
      ...(category && { category }),
      ...(active && { active }),
      ...(uses && { uses }),
    },
    every: 15_000,
  });
  const categories = useCategories();
  const wanted = search.toLocaleLowerCase();
  const shown = types.items.filter(
    (type) =>
      (system !== '' || !type.system) &&
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
          actions={
            mayWrite ? (
              <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
                {t('events.types.new')}
              </Button>
            ) : null
          }
        />
      }
    >
      <FilterRow end={<TableViewMenu view={view} />}>
        <SearchField
          label={t('events.types.search')}
          value={search}
          onChange={(value) => setState({ search: value })}
        />
        <FilterChip
          single
          label={t('events.types.category')}
          options={categories.map((each) => ({ value: each, label: each }))}
          value={category ? [category] : []}
          onChange={([next]) => setState({ category: next ?? '' })}
        />
        <FilterChip
          single
          label={t('events.types.state')}
          options={(['true', 'false'] as const).map((each) => ({
            value: each,
            label: t(`events.types.state.${each}`),
          }))}
          value={active ? [active] : []}
          onChange={([next]) => setState({ active: next ?? '' })}
        />
        <FilterChip
          single
          label={t('events.types.uses')}
          options={USES.map((each) => ({ value: each, label: t(`events.types.uses.${each}`) }))}
          value={uses ? [uses] : []}
          onChange={([next]) => setState({ uses: next ?? '' })}
        />
        <Checkbox
          label={t('events.types.showSystem')}
          checked={system !== ''}
          onChange={(event) => setState({ system: event.currentTarget.checked ? '1' : '' })}
        />
      </FilterRow>
      <ListTable
        label={t('events.type.back')}
        view={view}
        list={types}
        rows={shown}
        rowKey={(type) => type.key}
        onOpen={(type) => go(`event-types/${encodeURIComponent(type.key)}`)}
        empty={
          search || category || active || uses ? (
            <EmptyState icon={IconSearchOff} title={t('events.types.noMatch')} />
          ) : (
            <EmptyState icon={IconBolt} title={t('events.types.empty.title')}>
              {t('events.empty.detail')}
            </EmptyState>
          )
        }
      />
      {creating ? <NewType onClose={() => setCreating(false)} /> : null}
    </Page>
  );
}

const USES = ['any', 'starts', 'stops', 'checks', 'none'] as const;

function typeColumns(t: Say): Column<EventTypeListItem>[] {
  return [
    {
      id: 'key',
      header: t('events.types.column.key'),
      width: 220,
      grow: 2,
      fixed: true,
      phone: 'title',
      cell: ({ key, active, decline, system }) => (
        <span className={classes.keyCell}>
          <span dir="auto" className={classes.type}>
            {key}
          </span>
          {system ? (
            <StatusBadge tone="neutral" variant="soft">
              {t('events.types.system')}
            </StatusBadge>
          ) : null}
          {active ? null : (
            <StatusBadge tone="neutral" variant="soft">
              {t('events.types.inactive')}
            </StatusBadge>
          )}
          {decline ? (
            <StatusBadge tone="warning" variant="soft">
              {t('events.types.declined')}
            </StatusBadge>
          ) : null}
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
      phone: 'meta',
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
      phoneCell: ({ days }) => t('events.types.today', { count: days.at(-1) ?? 0 }),
      cell: ({ days }) => <FormattedNumber value={days.at(-1) ?? 0} />,
    },
    {
      id: 'total',
      header: t('events.types.column.total'),
      width: 110,
      align: 'end',
      cell: (type) => <FormattedNumber value={type.count} />,
    },
    {
      id: 'category',
      header: t('events.types.category'),
      width: 110,
      optional: true,
      cell: ({ category }) => category,
    },
    {
      id: 'uses',
      header: t('events.types.column.uses'),
      width: 110,
      phone: 'meta',
      cell: ({ uses }) =>
        t('events.types.usedBy', { count: new Set(uses.map((use) => use.id)).size }),
    },
    {
      id: 'errors',
      header: t('events.types.column.errors'),
      width: 110,
      align: 'end',
      cell: ({ errors }) => <Errors errors={errors} />,
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

/** How many were refused or stored with errors; nothing where all is well. */
function Errors({ errors: { refused, stored } }: Pick<EventTypeListItem, 'errors'>) {
  const t = useText();
  if (refused + stored === 0) return null;
  return (
    <Tooltip label={t('events.types.errors', { refused, stored })}>
      <span className={classes.errors}>
        <FormattedNumber value={refused + stored} />
      </span>
    </Tooltip>
  );
}
