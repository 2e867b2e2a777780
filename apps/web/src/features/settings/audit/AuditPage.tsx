import type { AuditEntry } from '@perennial/contracts';
import {
  EmptyState,
  FilterChip,
  FilterRow,
  Page,
  PageHeader,
  SplitView,
  TableViewMenu,
  Time,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconHistory, IconSearchOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useList } from '../../../app/data.ts';
import { ListTable } from '../../../app/ListTable.tsx';
import { useText, type Say } from '../../../app/text.tsx';
import { useUrlState } from '../../../app/use-url-state.ts';
import { actionWords, objectKinds } from './audit-words.ts';
import { AuditInspector } from './AuditInspector.tsx';
import { AuditObject } from './AuditObject.tsx';
import classes from '../Settings.module.css';

const actors = ['user', 'key', 'system', 'cli'] as const;

/** Every change: who, when, what. */
export function AuditPage() {
  const t = useText();
  const [{ kind, actor }, setState] = useUrlState({ kind: '', actor: '' });
  const [open, setOpen] = useState<AuditEntry | null>(null);
  const columns = useMemo(() => auditColumns(t), [t]);
  const view = useTableView('audit', columns);
  const entries = useList<AuditEntry>('/audit', {
    query: { object_kind: kind, actor_kind: actor },
  });
  return (
    <Page
      layout="fill"
      header={<PageHeader title={t('app.settings.audit')} detail={t('settings.audit.detail')} />}
    >
      <FilterRow end={<TableViewMenu view={view} />}>
        <FilterChip
          single
          label={t('settings.audit.filter.kind')}
          value={kind ? [kind] : []}
          onChange={([next]) => setState({ kind: next ?? '' })}
          options={objectKinds.map((each) => ({
            value: each,
            label: t(`settings.audit.kind.${each}`),
          }))}
        />
        <FilterChip
          single
          label={t('settings.audit.filter.actor')}
          value={actor ? [actor] : []}
          onChange={([next]) => setState({ actor: next ?? '' })}
          options={actors.map((each) => ({
            value: each,
            label: t(`settings.audit.actor.${each}`),
          }))}
        />
      </FilterRow>
      <SplitView
        name="audit"
        width={440}
        onCloseSide={() => setOpen(null)}
        side={open ? <AuditInspector entry={open} onClose={() => setOpen(null)} /> : null}
      >
        <ListTable
          label={t('app.settings.audit')}
          view={view}
          list={entries}
          rowKey={(entry) => entry.id}
          activeKey={open?.id}
          onOpen={setOpen}
          empty={
            <EmptyState
              icon={kind || actor ? IconSearchOff : IconHistory}
              title={t(kind || actor ? 'settings.audit.noMatch' : 'settings.audit.empty.title')}
            />
          }
        />
      </SplitView>
    </Page>
  );
}

function auditColumns(t: Say): Column<AuditEntry>[] {
  return [
    {
      id: 'at',
      header: t('settings.audit.column.at'),
      width: 110,
      phone: 'end',
      cell: ({ at }) => <Time at={at} />,
    },
    {
      id: 'actor',
      header: t('settings.audit.column.actor'),
      width: 180,
      grow: 1,
      phone: 'meta',
      cell: ({ actor }) => (
        <span dir="auto">
          {actor.name || t(`settings.audit.actor.${actor.kind}`)}
          {actor.kind === 'user' ? null : (
            <span className={classes.muted}> · {t(`settings.audit.actor.${actor.kind}`)}</span>
          )}
        </span>
      ),
    },
    {
      id: 'action',
      header: t('settings.audit.column.action'),
      width: 200,
      grow: 1,
      fixed: true,
      phone: 'title',
      cell: ({ action }) => <span className={classes.strong}>{actionWords(t, action)}</span>,
    },
    {
      id: 'object',
      header: t('settings.audit.column.object'),
      width: 180,
      grow: 1,
      phone: 'meta',
      cell: (entry) => <AuditObject entry={entry} />,
    },
    {
      id: 'ip',
      header: t('settings.audit.column.ip'),
      width: 130,
      cell: ({ ip }) => <span className={classes.muted}>{ip}</span>,
    },
  ];
}
