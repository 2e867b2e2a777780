import { Button, SegmentedControl } from '@mantine/core';
import type { DeliveryView, SendCounts } from '@perennial/contracts';
import {
  ChannelIcon,
  Copyable,
  EmptyState,
  Page,
  PageHeader,
  SplitView,
  TableViewMenu,
  Time,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconCircleCheck, IconFilterOff, IconSend } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { FormattedNumber } from 'react-intl';
import { Link } from 'react-router';
import { useList, useRead } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useText, type Say } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { splitChoices, useUrlState } from '../../app/use-url-state.ts';
import { ContactLink } from '../contacts/ContactLink.tsx';
import { useMessageNames } from '../messages/use-message-names.ts';
import { DeliveryInspector } from './DeliveryInspector.tsx';
import { DeliveryStatusBadge } from './DeliveryStatusBadge.tsx';
import { causeQuery, NO_FILTERS } from './outbox-filters.ts';
import { OutboxFilterRow } from './OutboxFilterRow.tsx';
import classes from './Outbox.module.css';
import { SendsList } from './SendsList.tsx';

const shows = ['deliveries', 'held', 'refused', 'uncertain'] as const;

/** All deliveries, newest first; the one picked stands beside the list as it was received. */
export function OutboxPage() {
  const t = useText();
  const [{ show: named, open, ...filters }, setState] = useUrlState({
    show: 'deliveries',
    open: '',
    ...NO_FILTERS,
  });
  const show = shows.find((each) => each === named) ?? 'deliveries';
  const isDeliveries = show === 'deliveries' || show === 'uncertain';
  const names = useMessageNames();
  const columns = useMemo(() => deliveryColumns(t, names.nameOf), [t, names.nameOf]);
  const view = useTableView('outbox', columns);
  const now = useMinute();
  const cause = causeQuery(filters, now);
  const counts = useRead<SendCounts>('/sends/counts', { query: cause, every: 10_000 });
  const deliveries = useList<DeliveryView>('/deliveries', {
    query: {
      ...cause,
      status: splitChoices(filters.status),
      ...(show === 'uncertain' && { uncertain: 'true' }),
    },
    every: 3_000,
    enabled: isDeliveries,
  });
  const clear = () => setState(NO_FILTERS);
  const filtered = Object.values(filters).some(Boolean);
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('app.messages.outbox')}
          count={show === 'deliveries' ? deliveries.total : undefined}
          detail={t('outbox.detail')}
        />
      }
    >
      <div className={classes.show}>
        <SegmentedControl
          size="xs"
          aria-label={t('outbox.show')}
          data={shows.map((value) => ({
            value,
            label: <ShowLabel show={value} counts={counts.data} />,
          }))}
          value={show}
          onChange={(value) => setState({ show: value, status: '', reason: '', open: '' })}
        />
      </div>
      <OutboxFilterRow
        filters={filters}
        onChange={setState}
        byStatus={isDeliveries}
        reasons={(counts.data?.reasons ?? []).filter(({ decision }) => decision === show)}
        messages={names.options}
        end={isDeliveries ? <TableViewMenu view={view} /> : null}
      />
      {show === 'uncertain' ? <p className={classes.note}>{t('outbox.uncertain.note')}</p> : null}
      {isDeliveries ? (
        <SplitView
          name="outbox"
          width={480}
          onCloseSide={() => setState({ open: '' })}
          side={
            open ? (
              <DeliveryInspector key={open} id={open} onClose={() => setState({ open: '' })} />
            ) : null
          }
        >
          <ListTable
            label={t('app.messages.outbox')}
            view={view}
            list={deliveries}
            rowKey={(delivery) => delivery.id}
            activeKey={open || undefined}
            onOpen={(delivery) => setState({ open: delivery.id })}
            empty={<Empty show={show} filtered={filtered} onClear={clear} />}
          />
        </SplitView>
      ) : (
        <SendsList
          key={show}
          decision={show}
          query={{ ...cause, ...(filters.reason && { reason: filters.reason }) }}
          open={open}
          onOpen={(id) => setState({ open: id })}
        />
      )}
    </Page>
  );
}

interface ShowLabelProps {
  show: (typeof shows)[number];
  counts: SendCounts | undefined;
}

/** With how many there are; of deliveries there is no end. */
function ShowLabel({ show, counts }: ShowLabelProps) {
  const t = useText();
  const n = show === 'deliveries' ? 0 : (counts?.[show] ?? 0);
  return (
    <>
      {t(`outbox.show.${show}`)}
      {n > 0 ? (
        <span className={classes.count}>
          <FormattedNumber value={n} />
          {counts?.capped && show !== 'uncertain' ? '+' : ''}
        </span>
      ) : null}
    </>
  );
}

/** The time, as of the last whole minute. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function deliveryColumns(t: Say, nameOf: (message: string) => string): Column<DeliveryView>[] {
  return [
    {
      id: 'message',
      header: t('outbox.column.message'),
      width: 200,
      grow: 2,
      fixed: true,
      phone: 'title',
      cell: (delivery) => (
        <span className={classes.message}>
          <ChannelIcon channel={delivery.channel} />
          <span className={classes.messageName} dir="auto">
            {delivery.message_name ?? nameOf(delivery.message)}
          </span>
          {delivery.test ? <span className={classes.test}>{t('outbox.test')}</span> : null}
        </span>
      ),
    },
    {
      id: 'address',
      header: t('outbox.column.address'),
      width: 180,
      grow: 2,
      phone: 'meta',
      cell: ({ address, channel }) => <Copyable value={address} mono={channel.includes('push')} />,
    },
    {
      id: 'contact',
      header: t('outbox.column.contact'),
      width: 150,
      grow: 1,
      optional: true,
      cell: ({ contact }) => <ContactLink id={contact} />,
    },
    {
      id: 'status',
      header: t('outbox.column.status'),
      width: 120,
      phone: 'end',
      cell: ({ status }) => <DeliveryStatusBadge status={status} />,
    },
    {
      id: 'reason',
      header: t('outbox.column.reason'),
      width: 160,
      grow: 2,
      cell: ({ reason }) => (
        <span className={classes.reason} title={reason ?? undefined}>
          {reason}
        </span>
      ),
    },
    {
      id: 'provider',
      header: t('outbox.column.provider'),
      width: 100,
      optional: true,
      cell: ({ provider }) => provider,
    },
    {
      id: 'at',
      header: t('outbox.column.at'),
      width: 110,
      align: 'end',
      phone: 'meta',
      cell: ({ at }) => <Time at={at} />,
    },
  ];
}

interface EmptyProps {
  show: 'deliveries' | 'uncertain';
  filtered: boolean;
  onClear: () => void;
}

function Empty({ show, filtered, onClear }: EmptyProps) {
  const t = useText();
  const to = useTo();
  if (filtered) {
    return (
      <EmptyState
        icon={IconFilterOff}
        title={t('outbox.noMatch.title')}
        actions={
          <Button variant="default" onClick={onClear}>
            {t('outbox.noMatch.action')}
          </Button>
        }
      />
    );
  }
  if (show === 'uncertain') {
    return (
      <EmptyState icon={IconCircleCheck} title={t('outbox.none.uncertain')}>
        {t('outbox.none.uncertain.detail')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconSend}
      title={t('outbox.empty.title')}
      actions={
        <Button component={Link} to={to('workflows')} variant="default">
          {t('outbox.empty.action')}
        </Button>
      }
    >
      {t('outbox.empty.detail')}
    </EmptyState>
  );
}
