import { Button, Checkbox } from '@mantine/core';
import type { AccessKey, App } from '@perennial/contracts';
import {
  Copyable,
  EmptyState,
  FilterRow,
  Page,
  PageHeader,
  StatusBadge,
  TableViewMenu,
  Time,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useRight } from '../../app/session.ts';
import { useText, type Say } from '../../app/text.tsx';
import { useUrlState } from '../../app/use-url-state.ts';
import { AppOfKey } from './AppOfKey.tsx';
import { NewKey } from './NewKey.tsx';
import { RevokeKey } from './RevokeKey.tsx';
import classes from './Settings.module.css';

/** Keys of apps, servers and scripts. */
export function KeysPage() {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const [{ new: making, revoked }, setState] = useUrlState({ new: '', revoked: '' });
  const [revoking, setRevoking] = useState<AccessKey | null>(null);
  const apps = useList<App>('/apps');
  const columns = useMemo(
    () => keyColumns({ t, mayWrite, apps: apps.items, revoke: setRevoking }),
    [t, mayWrite, apps.items],
  );
  const view = useTableView('keys', columns);
  const keys = useList<AccessKey>('/keys', { query: { limit: 500 } });
  const shown = keys.items.filter((key) => revoked !== '' || key.revoked_at === null);
  const newKey = mayWrite ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setState({ new: '1' })}>
      {t('settings.keys.new')}
    </Button>
  ) : null;
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('app.settings.keys')}
          detail={t('settings.keys.detail')}
          actions={newKey}
        />
      }
    >
      <FilterRow end={<TableViewMenu view={view} />}>
        <Checkbox
          label={t('settings.keys.showRevoked')}
          checked={revoked !== ''}
          onChange={(event) => setState({ revoked: event.currentTarget.checked ? '1' : '' })}
        />
      </FilterRow>
      <ListTable
        label={t('app.settings.keys')}
        view={view}
        list={keys}
        rows={shown}
        rowKey={(key) => key.id}
        empty={
          <EmptyState icon={IconKey} title={t('settings.keys.empty.title')} actions={newKey}>
            {t('settings.keys.empty.detail')}
          </EmptyState>
        }
      />
      {making && mayWrite ? <NewKey onClose={() => setState({ new: '' })} /> : null}
      {revoking ? <RevokeKey accessKey={revoking} onClose={() => setRevoking(null)} /> : null}
    </Page>
  );
}

interface ColumnParts {
  t: Say;
  mayWrite: boolean;
  apps: readonly App[];
  revoke: (key: AccessKey) => void;
}

function keyColumns({ t, mayWrite, apps, revoke }: ColumnParts): Column<AccessKey>[] {
  return [
    {
      id: 'name',
      header: t('settings.keys.column.name'),
      width: 140,
      grow: 2,
      fixed: true,
      phone: 'title',
      cell: ({ name }) =>
        name ? (
          <span dir="auto" className={classes.strong}>
            {name}
          </span>
        ) : (
          <span className={classes.muted}>{t('settings.keys.unnamed')}</span>
        ),
    },
    {
      id: 'kind',
      header: t('settings.keys.column.kind'),
      width: 140,
      phone: 'end',
      phoneCell: ({ kind, app }) =>
        [apps.find(({ id }) => id === app)?.name, t(`settings.keys.kind.${kind}`)]
          .filter(Boolean)
          .join(' · '),
      cell: ({ kind }) => t(`settings.keys.kind.${kind}`),
    },
    {
      id: 'shown',
      header: t('settings.keys.column.shown'),
      width: 190,
      grow: 2,
      phone: 'meta',
      cell: (key) =>
        isPublic(key) ? (
          <Copyable value={key.shown} mono />
        ) : (
          <code className={classes.muted}>{key.shown}</code>
        ),
    },
    {
      id: 'app',
      header: t('settings.keys.column.app'),
      width: 160,
      cell: (key) => (isPublic(key) ? <AppOfKey accessKey={key} apps={apps} /> : null),
    },
    {
      id: 'rights',
      header: t('settings.keys.column.rights'),
      width: 80,
      cell: ({ rights }) => (
        <span title={rights.map((right) => t(`settings.right.${right}`)).join('\n')}>
          {t('settings.keys.rightCount', { count: rights.length })}
        </span>
      ),
    },
    {
      id: 'created',
      header: t('settings.keys.column.created'),
      width: 100,
      align: 'end',
      cell: (key) => <Time at={key.created_at} />,
    },
    {
      id: 'used',
      header: t('settings.keys.column.used'),
      width: 100,
      align: 'end',
      cell: (key) =>
        key.used_at ? (
          <Time at={key.used_at} />
        ) : (
          <span className={classes.muted}>{t('settings.keys.neverUsed')}</span>
        ),
    },
    {
      id: 'action',
      header: '',
      width: 100,
      align: 'end',
      fixed: true,
      phone: 'action',
      cell: (key) => {
        if (key.revoked_at) {
          return <StatusBadge tone="neutral">{t('settings.keys.revoked')}</StatusBadge>;
        }
        return mayWrite ? (
          <Button variant="subtle" color="red" size="compact-xs" onClick={() => revoke(key)}>
            {t('settings.keys.revoke')}
          </Button>
        ) : null;
      },
    },
  ];
}

/** Public keys sit in apps and pages anyway, so they can be read again. */
function isPublic({ kind }: AccessKey): boolean {
  return kind === 'write' || kind === 'mobile';
}
