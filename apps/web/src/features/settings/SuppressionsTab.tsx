import { Button } from '@mantine/core';
import { SUPPRESSION_REASON_NAMES, type Suppression } from '@perennial/contracts';
import {
  ChannelIcon,
  ChannelLabel,
  Copyable,
  EmptyState,
  FilterChip,
  FilterRow,
  SearchField,
  StatusBadge,
  TableViewMenu,
  Time,
  useChannelName,
  useTableView,
  type Column,
  type Tone,
} from '@perennial/ui';
import { IconSearchOff, IconShieldOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import { SourceWord } from '../contacts/SourceWord.tsx';
import { useChange, useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText, type Say } from '../../app/text.tsx';
import { useShowUndo } from '../../app/show-undo.tsx';
import { splitChoices, useUrlState } from '../../app/use-url-state.ts';
import { messageChannels } from '../messages/message.ts';
import classes from './Settings.module.css';

const tones: Record<Suppression['reason'], Tone> = {
  unsubscribed: 'neutral',
  complained: 'danger',
  bounced: 'danger',
  blocked: 'warning',
  blacklisted: 'danger',
};

/** Addresses that must not be written to. */
export function SuppressionsTab() {
  const t = useText();
  const channelName = useChannelName();
  const mayLift = useRight('suppressions.lift');
  const [state, setState] = useUrlState({ search: '', channel: '', reason: '' });
  const columns = useMemo(() => suppressionColumns(t, mayLift), [t, mayLift]);
  const view = useTableView('suppressions', columns);
  const suppressions = useList<Suppression>('/suppressions', { query: state });
  const filtered = Boolean(state.search || state.channel || state.reason);
  return (
    <>
      <div style={{ paddingBlockStart: 12 }}>
        <FilterRow end={<TableViewMenu view={view} />}>
          <SearchField
            label={t('settings.suppressions.search')}
            value={state.search}
            onChange={(search) => setState({ search })}
          />
          <FilterChip
            single
            label={t('settings.suppressions.filter.channel')}
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
            label={t('settings.suppressions.filter.reason')}
            value={splitChoices(state.reason)}
            onChange={(value) => setState({ reason: value.join(',') })}
            options={SUPPRESSION_REASON_NAMES.map((reason) => ({
              value: reason,
              label: t(`settings.suppressions.reason.${reason}`),
            }))}
          />
        </FilterRow>
      </div>
      <ListTable
        label={t('settings.consent.tab.suppressions')}
        view={view}
        list={suppressions}
        rowKey={(each) => `${each.channel} ${each.address} ${each.reason}`}
        empty={
          filtered ? (
            <EmptyState icon={IconSearchOff} title={t('settings.suppressions.noMatch')} />
          ) : (
            <EmptyState icon={IconShieldOff} title={t('settings.suppressions.empty.title')}>
              {t('settings.suppressions.empty.detail')}
            </EmptyState>
          )
        }
      />
    </>
  );
}

function suppressionColumns(t: Say, mayLift: boolean): Column<Suppression>[] {
  return [
    {
      id: 'address',
      header: t('settings.suppressions.column.address'),
      width: 220,
      grow: 2,
      fixed: true,
      phone: 'title',
      cell: ({ address }) => <Copyable value={address} />,
    },
    {
      id: 'channel',
      header: t('settings.suppressions.column.channel'),
      width: 130,
      cell: ({ channel }) => <ChannelLabel channel={channel} />,
    },
    {
      id: 'reason',
      header: t('settings.suppressions.column.reason'),
      width: 140,
      phone: 'end',
      cell: ({ reason }) => (
        <StatusBadge tone={tones[reason]}>
          {t(`settings.suppressions.reason.${reason}`)}
        </StatusBadge>
      ),
    },
    {
      id: 'details',
      header: t('settings.suppressions.column.details'),
      width: 180,
      grow: 2,
      phone: 'meta',
      cell: ({ details }) => (
        <span className={classes.muted} title={details ?? undefined}>
          {details}
        </span>
      ),
    },
    {
      id: 'source',
      header: t('settings.suppressions.column.source'),
      width: 100,
      cell: ({ source }) => <SourceWord source={source} />,
    },
    {
      id: 'since',
      header: t('settings.suppressions.column.since'),
      width: 100,
      align: 'end',
      cell: (suppression) => <Time at={suppression.since} />,
    },
    {
      id: 'until',
      header: t('settings.suppressions.column.until'),
      width: 100,
      align: 'end',
      optional: true,
      cell: (suppression) => <Time at={suppression.until} />,
    },
    {
      id: 'actions',
      header: '',
      width: 120,
      align: 'end',
      fixed: true,
      cell: (suppression) =>
        mayLift && !isOwnWord(suppression) ? <AllowButton suppression={suppression} /> : null,
    },
  ];
}

/** What the person alone takes back. */
function isOwnWord({ reason }: Suppression): boolean {
  return reason === 'unsubscribed' || reason === 'complained';
}

function AllowButton({ suppression }: { suppression: Suppression }) {
  const t = useText();
  const showProblem = useShowProblem();
  const showUndo = useShowUndo();
  const { channel, address, reason, until, details } = suppression;
  const remove = useChange(
    (api) => api.delete('/suppressions', { channel, address, reason }),
    ['/suppressions'],
  );
  const restore = useChange(
    (api) =>
      api.post('/suppressions', {
        channel,
        address,
        reason,
        ...(until ? { until } : {}),
        ...(details ? { details } : {}),
      }),
    ['/suppressions'],
  );
  const allow = () =>
    remove.mutate(undefined, {
      onError: showProblem,
      onSuccess: () =>
        showUndo(t('settings.suppressions.removed', { address }), () =>
          restore.mutate(undefined, { onError: showProblem }),
        ),
    });
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-xs"
      loading={remove.isPending}
      onClick={allow}
    >
      {t('settings.suppressions.remove')}
    </Button>
  );
}
