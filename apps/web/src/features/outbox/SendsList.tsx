import type { SendView } from '@perennial/contracts';
import { ChannelIcon, EmptyState, SplitView, Time, useTableView, type Column } from '@perennial/ui';
import { IconClockPause } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Query } from '../../api.ts';
import { useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useText, type Say } from '../../app/text.tsx';
import { ContactLink } from '../contacts/ContactLink.tsx';
import { useReasonWords } from '../sending/use-reason-words.ts';
import classes from './Outbox.module.css';
import { SendInspector } from './SendInspector.tsx';

interface SendsListProps {
  /** Those that wait, or those that were not sent. */
  decision: 'held' | 'refused';
  query: Query;
  open: string;
  onOpen: (id: string) => void;
}

/** Decisions that made no delivery: what waits, and what was refused, with the reason. */
export function SendsList({ decision, query, open, onOpen }: SendsListProps) {
  const t = useText();
  const reasonOf = useReasonWords();
  const columns = useMemo(() => sendColumns(t, reasonOf, decision), [t, reasonOf, decision]);
  const view = useTableView(`outbox-${decision}`, columns);
  const sends = useList<SendView>('/sends', {
    query: { decision, ...query },
    every: 3_000,
  });
  const opened = sends.items.find((send) => send.id === open);
  return (
    <SplitView
      name="outbox"
      width={480}
      onCloseSide={() => onOpen('')}
      side={opened ? <SendInspector send={opened} onClose={() => onOpen('')} /> : null}
    >
      <ListTable
        label={t(`outbox.show.${decision}`)}
        view={view}
        list={sends}
        rowKey={(send) => send.id}
        activeKey={open || undefined}
        onOpen={(send) => onOpen(send.id)}
        empty={
          <EmptyState icon={IconClockPause} title={t(`outbox.none.${decision}`)}>
            {t(`outbox.none.${decision}.detail`)}
          </EmptyState>
        }
      />
    </SplitView>
  );
}

function sendColumns(
  t: Say,
  reasonOf: (reason: string) => string,
  decision: 'held' | 'refused',
): Column<SendView>[] {
  return [
    {
      id: 'message',
      header: t('outbox.column.message'),
      width: 220,
      grow: 2,
      fixed: true,
      phone: 'title',
      cell: (send) => (
        <span className={classes.message}>
          <ChannelIcon channel={send.channel} />
          <span className={classes.messageName} dir="auto">
            {send.message_name ?? send.message}
          </span>
          {send.test ? <span className={classes.test}>{t('outbox.test')}</span> : null}
        </span>
      ),
    },
    {
      id: 'contact',
      header: t('outbox.column.contact'),
      width: 180,
      grow: 1,
      phone: 'meta',
      cell: ({ contact }) => <ContactLink id={contact} />,
    },
    {
      id: 'reason',
      header: t(decision === 'held' ? 'outbox.column.waitsFor' : 'outbox.column.reason'),
      width: 180,
      grow: 2,
      phone: 'end',
      cell: ({ reason }) => (
        <span className={classes.reason}>{reason ? reasonOf(reason) : null}</span>
      ),
    },
    decision === 'held'
      ? {
          id: 'until',
          header: t('outbox.column.until'),
          width: 190,
          align: 'end',
          phone: 'meta',
          cell: ({ hold_until: until }) => (until ? <Time at={until} style="exact" /> : null),
        }
      : {
          id: 'at',
          header: t('outbox.column.decided'),
          width: 130,
          align: 'end',
          phone: 'meta',
          cell: ({ created_at: at }) => <Time at={at} />,
        },
  ];
}
