import { Button } from '@mantine/core';
import type { DeadEvent, DeadEventPage } from '@perennial/contracts';
import {
  BulkBar,
  EmptyState,
  FilterChip,
  FilterRow,
  Page,
  PageHeader,
  SectionHead,
  SplitView,
  TableViewMenu,
  Time,
  useTableSelection,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconCircleCheck, IconRefresh } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useRight } from '../../app/session.ts';
import { useText, type Say } from '../../app/text.tsx';
import { useUrlState } from '../../app/use-url-state.ts';
import { ContactLink } from '../contacts/ContactLink.tsx';
import { DeadEventInspector } from './DeadEventInspector.tsx';
import { GiveUpDialog } from './GiveUpDialog.tsx';
import { useRetry } from './use-dead-events.ts';
import classes from './Settings.module.css';

/** What was accepted and could not be applied: reasons, retry, giving up. */
export function SystemPage() {
  const t = useText();
  const mayWrite = useRight('contacts.write');
  const [{ reason }, setState] = useUrlState({ reason: '' });
  const [open, setOpen] = useState<DeadEvent | null>(null);
  const [givingUp, setGivingUp] = useState<readonly string[]>([]);
  const selection = useTableSelection();
  const columns = useMemo(() => deadColumns(t), [t]);
  const view = useTableView('dead-events', columns);
  const dead = useList<DeadEvent>('/dead_events', { query: { reason }, every: 10_000 });
  const reasons = (dead.first as DeadEventPage | undefined)?.reasons ?? [];
  const total = reasons
    .filter((each) => !reason || each.reason === reason)
    .reduce((sum, each) => sum + each.count, 0);
  const retry = useRetry(() => selection.clear());
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('app.settings.system')}
          actions={
            mayWrite && total > 0 ? (
              <Button
                variant="default"
                leftSection={<IconRefresh size={16} />}
                loading={retry.isPending}
                onClick={() => retry.mutate({ all: true, ...(reason ? { reason } : {}) })}
              >
                {t('settings.system.retryAll', { count: total })}
              </Button>
            ) : null
          }
        />
      }
    >
      <SectionHead
        title={t('settings.system.dead')}
        count={dead.first ? total : null}
        detail={t('settings.system.detail')}
      />
      <FilterRow end={<TableViewMenu view={view} />}>
        <FilterChip
          single
          label={t('settings.system.filter.reason')}
          value={reason ? [reason] : []}
          onChange={([next]) => setState({ reason: next ?? '' })}
          options={reasons.map((each) => ({
            value: each.reason,
            label: each.reason,
            count: each.count,
          }))}
        />
      </FilterRow>
      <SplitView
        name="dead-events"
        width={460}
        onCloseSide={() => setOpen(null)}
        side={
          open ? (
            <DeadEventInspector
              event={open}
              onRetry={() => retry.mutate({ ids: [open.id] })}
              onGiveUp={() => setGivingUp([open.id])}
              onClose={() => setOpen(null)}
            />
          ) : null
        }
      >
        <div className={classes.relative}>
          <ListTable
            label={t('settings.system.dead')}
            view={view}
            list={dead}
            rowKey={(event) => event.id}
            activeKey={open?.id}
            onOpen={setOpen}
            selection={mayWrite ? selection : undefined}
            empty={
              <EmptyState icon={IconCircleCheck} title={t('settings.system.empty.title')}>
                {t('settings.system.empty.detail')}
              </EmptyState>
            }
          />
          <BulkBar selection={selection}>
            <Button
              size="xs"
              loading={retry.isPending}
              onClick={() => retry.mutate({ ids: [...selection.keys] })}
            >
              {t('settings.system.retry')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setGivingUp([...selection.keys])}>
              {t('settings.system.delete')}
            </Button>
          </BulkBar>
        </div>
      </SplitView>
      {givingUp.length > 0 ? (
        <GiveUpDialog
          ids={givingUp}
          onDone={() => {
            selection.clear();
            setOpen(null);
          }}
          onClose={() => setGivingUp([])}
        />
      ) : null}
    </Page>
  );
}

function deadColumns(t: Say): Column<DeadEvent>[] {
  return [
    {
      id: 'kind',
      header: t('settings.system.column.kind'),
      width: 120,
      fixed: true,
      phone: 'title',
      cell: ({ kind }) => <span className={classes.strong}>{kind}</span>,
    },
    {
      id: 'reason',
      header: t('settings.system.column.reason'),
      width: 180,
      grow: 1,
      phone: 'meta',
      cell: ({ reason }) => reason,
    },
    {
      id: 'detail',
      header: t('settings.system.column.detail'),
      width: 240,
      grow: 3,
      cell: ({ detail }) => (
        <span className={classes.muted} title={detail ?? undefined}>
          {detail}
        </span>
      ),
    },
    {
      id: 'contact',
      header: t('settings.system.column.contact'),
      width: 140,
      grow: 1,
      cell: ({ contact }) => (contact ? <ContactLink id={contact} /> : null),
    },
    {
      id: 'stage',
      header: t('settings.system.column.stage'),
      width: 90,
      optional: true,
      cell: ({ stage }) => stage,
    },
    {
      id: 'received',
      header: t('settings.system.column.received'),
      width: 110,
      align: 'end',
      optional: true,
      cell: (event) => <Time at={event.received_at} />,
    },
    {
      id: 'failed',
      header: t('settings.system.column.failed'),
      width: 110,
      align: 'end',
      phone: 'end',
      cell: (event) => <Time at={event.failed_at} />,
    },
  ];
}
