import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Field } from '@perennial/contracts';
import {
  Copyable,
  DataTable,
  EmptyState,
  FilterRow,
  Page,
  PageHeader,
  SearchField,
  StatusBadge,
  TableViewMenu,
  Time,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconPlus, IconSearchOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useChange, useList } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText, type Say } from '../../app/text.tsx';
import { useUrlState } from '../../app/use-url-state.ts';
import { fieldTypeWords } from './field-type-words.ts';
import { FieldForm } from './FieldForm.tsx';
import classes from './Settings.module.css';

/** What a contact can hold. */
export function FieldsPage() {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const [{ search }, setState] = useUrlState({ search: '' });
  const [editing, setEditing] = useState<Field | 'new' | null>(null);
  const columns = useMemo(() => fieldColumns(t, mayWrite), [t, mayWrite]);
  const view = useTableView('fields', columns);
  const fields = useList<Field>('/fields', { query: { limit: 500 } });
  const wanted = search.toLocaleLowerCase();
  const shown = fields.items.filter((field) =>
    `${field.label} ${field.key}`.toLocaleLowerCase().includes(wanted),
  );
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('app.settings.fields')}
          count={fields.first ? shown.length : null}
          detail={t('settings.fields.detail')}
          actions={
            mayWrite ? (
              <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing('new')}>
                {t('settings.fields.new')}
              </Button>
            ) : null
          }
        />
      }
    >
      <FilterRow end={<TableViewMenu view={view} />}>
        <SearchField
          label={t('settings.fields.search')}
          value={search}
          onChange={(value) => setState({ search: value })}
        />
      </FilterRow>
      {fields.error && fields.items.length === 0 ? (
        <Problem error={fields.error} onRetry={fields.retry} />
      ) : (
        <DataTable
          label={t('app.settings.fields')}
          view={view}
          rows={shown}
          rowKey={(field) => `${field.system ? 'system' : 'custom'} ${field.key}`}
          onOpen={(field) => {
            if (mayWrite && !field.system) setEditing(field);
          }}
          loading={fields.loading}
          hasMore={fields.hasMore}
          loadingMore={fields.loadingMore}
          onMore={fields.more}
          empty={<EmptyState icon={IconSearchOff} title={t('settings.fields.noMatch')} />}
        />
      )}
      {editing ? (
        <FieldForm field={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      ) : null}
    </Page>
  );
}

function fieldColumns(t: Say, mayWrite: boolean): Column<Field>[] {
  return [
    {
      id: 'label',
      header: t('settings.fields.column.label'),
      width: 200,
      grow: 2,
      fixed: true,
      phone: 'title',
      cell: ({ label }) => (
        <span dir="auto" className={classes.strong}>
          {label}
        </span>
      ),
    },
    {
      id: 'key',
      header: t('settings.fields.column.key'),
      width: 180,
      grow: 1,
      cell: ({ key }) => <Copyable value={key} mono />,
    },
    {
      id: 'type',
      header: t('settings.fields.column.type'),
      width: 140,
      phone: 'meta',
      cell: ({ type }) => fieldTypeWords(type, t),
    },
    {
      id: 'group',
      header: t('settings.fields.column.group'),
      width: 120,
      optional: true,
      cell: ({ group }) => group,
    },
    {
      id: 'source',
      header: t('settings.fields.column.source'),
      width: 110,
      cell: ({ source, system }) =>
        system ? <span className={classes.muted}>{t('settings.fields.system')}</span> : source,
    },
    {
      id: 'created',
      header: t('settings.fields.column.created'),
      width: 110,
      align: 'end',
      cell: (field) => <Time at={field.created_at} />,
    },
    {
      id: 'actions',
      header: '',
      width: 190,
      align: 'end',
      fixed: true,
      phone: 'end',
      cell: (field) => (field.system ? null : <ArchiveButton field={field} mayWrite={mayWrite} />),
    },
  ];
}

function ArchiveButton({ field, mayWrite }: { field: Field; mayWrite: boolean }) {
  const t = useText();
  const showProblem = useShowProblem();
  const change = useChange(
    (api, archived: boolean) => api.patch(`/fields/${field.id}`, { archived }),
    ['/fields'],
  );
  const archived = field.archived_at !== null;
  const turn = () =>
    change.mutate(!archived, {
      onError: showProblem,
      onSuccess: () =>
        notifications.show({
          message: t(archived ? 'settings.fields.restoredToast' : 'settings.fields.archivedToast', {
            field: field.label,
          }),
        }),
    });
  return (
    <>
      {archived ? (
        <StatusBadge tone="neutral" variant="soft">
          {t('settings.fields.archived')}
        </StatusBadge>
      ) : null}{' '}
      {mayWrite ? (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          loading={change.isPending}
          onClick={turn}
        >
          {t(archived ? 'settings.fields.restore' : 'settings.fields.archive')}
        </Button>
      ) : null}
    </>
  );
}
