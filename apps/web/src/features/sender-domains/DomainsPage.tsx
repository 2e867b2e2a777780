import { Button } from '@mantine/core';
import type { SenderDomain, UsedDomain } from '@perennial/contracts';
import { EmptyState, Page, PageHeader, Time, useTableView, type Column } from '@perennial/ui';
import { IconPlus, IconWorldCheck } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useRight } from '../../app/session.ts';
import { useText, type Say } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { AddDomain } from './AddDomain.tsx';
import { DomainState } from './DomainState.tsx';
import { HowItWorks } from './HowItWorks.tsx';
import { RecordMarks } from './RecordMarks.tsx';
import classes from './SenderDomains.module.css';
import { UsedDomains } from './UsedDomains.tsx';

const EVERY_MS = 15_000;

/** The domains that messages come from, with what DNS says of each. */
export function DomainsPage() {
  const t = useText();
  const go = useGo();
  const mayWrite = useRight('settings.write');
  /** The domain that the form begins with; null while it is closed. */
  const [adding, setAdding] = useState<string | null>(null);
  const columns = useMemo(() => columnsOf(t), [t]);
  const view = useTableView('sender-domains', columns);
  const domains = useList<SenderDomain>('/sender_domains', { every: EVERY_MS });
  const used = useList<UsedDomain>('/sender_domains/used', { enabled: mayWrite });
  const open = (id: string) => go(`settings/domains/${id}`);
  const add = mayWrite ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding('')}>
      {t('domains.add')}
    </Button>
  ) : null;
  const isEmpty = domains.first?.items.length === 0;
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('domains.page')}
          count={domains.first?.items.length}
          detail={t('domains.detail')}
          actions={isEmpty ? null : add}
        />
      }
    >
      {used.items.length > 0 ? (
        <div className={classes.above}>
          <UsedDomains used={used.items} onAdd={setAdding} />
        </div>
      ) : null}
      <ListTable
        label={t('domains.page')}
        view={view}
        list={domains}
        rowKey={({ id }) => id}
        onOpen={({ id }) => open(id)}
        empty={
          <div className={classes.empty}>
            <HowItWorks />
            <EmptyState icon={IconWorldCheck} title={t('domains.empty.title')} actions={add}>
              {t('domains.empty.detail')}
            </EmptyState>
          </div>
        }
      />
      {adding === null ? null : (
        <AddDomain domain={adding} onAdded={({ id }) => open(id)} onClose={() => setAdding(null)} />
      )}
    </Page>
  );
}

function columnsOf(t: Say): Column<SenderDomain>[] {
  return [
    {
      id: 'domain',
      header: t('domains.column.domain'),
      width: 180,
      grow: 2,
      fixed: true,
      phone: 'title',
      cell: ({ display }) => (
        <span className={classes.strong} dir="auto">
          {display}
        </span>
      ),
    },
    {
      id: 'state',
      header: t('domains.column.state'),
      width: 130,
      phone: 'end',
      cell: ({ state }) => <DomainState state={state} />,
    },
    {
      id: 'records',
      header: t('domains.column.records'),
      width: 330,
      grow: 1,
      phone: 'meta',
      cell: ({ records }) => <RecordMarks records={records} />,
    },
    {
      id: 'senders',
      header: t('domains.column.senders'),
      width: 90,
      align: 'end',
      cell: ({ sender_count: count }) => count,
    },
    {
      id: 'used',
      header: t('domains.column.used'),
      width: 100,
      align: 'end',
      cell: ({ used_by: { messages } }) => messages,
    },
    {
      id: 'checked',
      header: t('domains.column.checked'),
      width: 130,
      align: 'end',
      cell: ({ checked_at: at }) =>
        at === null ? (
          <span className={classes.muted}>{t('domains.never')}</span>
        ) : (
          <Time at={at} />
        ),
    },
  ];
}
