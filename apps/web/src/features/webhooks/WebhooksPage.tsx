import { Button } from '@mantine/core';
import type { Webhook } from '@perennial/contracts';
import {
  EmptyState,
  Page,
  PageHeader,
  TableViewMenu,
  useNow,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useRight } from '../../app/session.ts';
import { useText, type Say } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { HoursSparkline } from './HoursSparkline.tsx';
import { SecretDialog } from './SecretDialog.tsx';
import { WebhookForm } from './WebhookForm.tsx';
import classes from './Webhooks.module.css';
import { WebhookState } from './WebhookState.tsx';

/** So many facts are counted; beyond it is only "more". */
const MOST_COUNTED = 10_000;
const EVERY_MS = 10_000;

/** Other systems that are told of what happens. */
export function WebhooksPage() {
  const t = useText();
  const go = useGo();
  const now = useNow();
  const mayWrite = useRight('settings.write');
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null);
  const columns = useMemo(() => columnsOf(t, now), [t, now]);
  const view = useTableView('webhooks', columns);
  const webhooks = useList<Webhook>('/webhooks', { every: EVERY_MS });
  const open = (id: string) => go(`settings/webhooks/${id}`);
  const add = mayWrite ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t('webhooks.new')}
    </Button>
  ) : null;
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('webhooks.page')}
          count={webhooks.first?.items.length}
          detail={t('webhooks.detail')}
          actions={
            <>
              <TableViewMenu view={view} />
              {add}
            </>
          }
        />
      }
    >
      <ListTable
        label={t('webhooks.page')}
        view={view}
        list={webhooks}
        rowKey={({ id }) => id}
        onOpen={({ id }) => open(id)}
        empty={
          <EmptyState icon={IconWebhook} title={t('webhooks.empty.title')} actions={add}>
            {t('webhooks.empty.detail')}
          </EmptyState>
        }
      />
      {adding ? (
        <WebhookForm
          webhook={null}
          onSaved={({ webhook: { id }, secret }) =>
            secret === null ? open(id) : setMade({ id, secret })
          }
          onClose={() => setAdding(false)}
        />
      ) : null}
      {made ? <SecretDialog secret={made.secret} onClose={() => open(made.id)} /> : null}
    </Page>
  );
}

function columnsOf(t: Say, now: number): Column<Webhook>[] {
  return [
    {
      id: 'name',
      header: t('webhooks.column.name'),
      width: 180,
      grow: 1,
      fixed: true,
      phone: 'title',
      cell: ({ name }) => (
        <span className={classes.strong} dir="auto">
          {name}
        </span>
      ),
    },
    {
      id: 'url',
      header: t('webhooks.column.url'),
      width: 220,
      grow: 2,
      phone: 'meta',
      cell: ({ url }) => <span className={classes.address}>{url}</span>,
    },
    {
      id: 'kinds',
      header: t('webhooks.column.kinds'),
      width: 140,
      cell: ({ kinds, alarm }) => (
        <span className={classes.muted}>
          {alarm === null ? t('webhooks.kinds', { n: kinds.length }) : t('webhooks.ofAlarm')}
        </span>
      ),
    },
    {
      id: 'state',
      header: t('webhooks.column.state'),
      width: 110,
      phone: 'end',
      cell: (webhook) => <WebhookState webhook={webhook} />,
    },
    {
      id: 'day',
      header: t('webhooks.column.day'),
      width: 150,
      cell: ({ hours }) => <HoursSparkline hours={hours} now={now} />,
    },
    {
      id: 'waiting',
      header: t('webhooks.column.waiting'),
      width: 90,
      align: 'end',
      cell: ({ waiting }) =>
        t('webhooks.waiting', { n: waiting, more: String(waiting >= MOST_COUNTED) }),
    },
  ];
}
