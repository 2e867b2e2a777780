import { Button, SegmentedControl } from '@mantine/core';
import type { DeliveryView } from '@perennial/contracts';
import {
  ChannelIcon,
  Copyable,
  EmptyState,
  FilterChip,
  FilterRow,
  Page,
  PageHeader,
  SplitView,
  TableViewMenu,
  Time,
  useChannelName,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconFilterOff, IconSend } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useText, type Say } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { splitChoices, useUrlState } from '../../app/use-url-state.ts';
import { ContactLink } from '../contacts/ContactLink.tsx';
import { messageChannels } from '../messages/message.ts';
import { useMessageNames } from '../messages/use-message-names.ts';
import { DeliveryInspector } from './DeliveryInspector.tsx';
import { deliveryStatuses, deliveryStatusLook } from './delivery-status.ts';
import { DeliveryStatusBadge } from './DeliveryStatusBadge.tsx';
import classes from './Outbox.module.css';
import { SendsList } from './SendsList.tsx';

const shows = ['deliveries', 'held', 'refused'] as const;

/** All deliveries, newest first; the one picked stands beside the list as it was received. */
export function OutboxPage() {
  const t = useText();
  const [state, setState] = useUrlState({
    show: 'deliveries',
    status: '',
    channel: '',
    message: '',
    open: '',
  });
  const show = shows.find((each) => each === state.show) ?? 'deliveries';
  const names = useMessageNames();
  const columns = useMemo(() => deliveryColumns(t, names.nameOf), [t, names.nameOf]);
  const view = useTableView('outbox', columns);
  const deliveries = useList<DeliveryView>('/deliveries', {
    query: {
      status: splitChoices(state.status),
      channel: splitChoices(state.channel),
      message: state.message,
    },
    every: 3_000,
    enabled: show === 'deliveries',
  });
  const clear = () => setState({ status: '', channel: '', message: '' });
  const filtered = Boolean(state.status || state.channel || state.message);
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
          data={shows.map((value) => ({ value, label: t(`outbox.show.${value}`) }))}
          value={show}
          onChange={(value) => setState({ show: value, status: '', open: '' })}
        />
      </div>
      <FilterRow
        active={[state.status, state.channel, state.message].filter(Boolean).length}
        end={show === 'deliveries' ? <TableViewMenu view={view} /> : null}
      >
        <Filters
          byStatus={show === 'deliveries'}
          state={state}
          setState={setState}
          messages={names.options}
        />
      </FilterRow>
      {show === 'deliveries' ? (
        <SplitView
          name="outbox"
          width={480}
          onCloseSide={() => setState({ open: '' })}
          side={
            state.open ? (
              <DeliveryInspector
                key={state.open}
                id={state.open}
                onClose={() => setState({ open: '' })}
              />
            ) : null
          }
        >
          <ListTable
            label={t('app.messages.outbox')}
            view={view}
            list={deliveries}
            rowKey={(delivery) => delivery.id}
            activeKey={state.open || undefined}
            onOpen={(delivery) => setState({ open: delivery.id })}
            empty={<Empty filtered={filtered} onClear={clear} />}
          />
        </SplitView>
      ) : (
        <SendsList
          key={show}
          decision={show}
          channel={state.channel}
          message={state.message}
          open={state.open}
          onOpen={(open) => setState({ open })}
        />
      )}
    </Page>
  );
}

interface FiltersProps {
  byStatus: boolean;
  state: { status: string; channel: string; message: string };
  setState: (change: { status?: string; channel?: string; message?: string }) => void;
  messages: readonly { value: string; label: string }[];
}

function Filters({ byStatus, state, setState, messages }: FiltersProps) {
  const t = useText();
  const channelName = useChannelName();
  return (
    <>
      {byStatus ? (
        <FilterChip
          label={t('outbox.filter.status')}
          value={splitChoices(state.status)}
          onChange={(value) => setState({ status: value.join(',') })}
          options={deliveryStatuses.map((status) => ({
            value: status,
            label: t(deliveryStatusLook(status)?.text ?? 'app.status'),
          }))}
        />
      ) : null}
      <FilterChip
        label={t('outbox.filter.channel')}
        value={splitChoices(state.channel)}
        onChange={(value) => setState({ channel: value.join(',') })}
        options={messageChannels.map((channel) => ({
          value: channel,
          label: channelName(channel),
          icon: <ChannelIcon channel={channel} />,
        }))}
      />
      <FilterChip
        single
        label={t('outbox.filter.message')}
        value={state.message ? [state.message] : []}
        onChange={([message]) => setState({ message: message ?? '' })}
        options={messages}
      />
    </>
  );
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

function Empty({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
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
