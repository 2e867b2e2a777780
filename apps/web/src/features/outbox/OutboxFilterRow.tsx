import type { SendCounts } from '@perennial/contracts';
import { ChannelIcon, FilterChip, FilterRow, useChannelName } from '@perennial/ui';
import type { ReactNode } from 'react';
import { useText } from '../../app/text.tsx';
import { splitChoices } from '../../app/use-url-state.ts';
import { messageChannels } from '../messages/message.ts';
import { useReasonWords } from '../sending/use-reason-words.ts';
import { deliveryStatuses, deliveryStatusLook } from './delivery-status.ts';
import { SINCE, type OutboxFilters, type Since } from './outbox-filters.ts';
import { useNamed } from './use-named.ts';

interface OutboxFilterRowProps {
  filters: OutboxFilters;
  onChange: (change: Partial<OutboxFilters>) => void;
  /** Statuses of deliveries; decisions have none. */
  byStatus: boolean;
  /** Of decisions: why, with how many. */
  reasons: SendCounts['reasons'];
  messages: readonly { value: string; label: string }[];
  end: ReactNode;
}

/** What was sent, by what, why, when. */
export function OutboxFilterRow(props: OutboxFilterRowProps) {
  const { filters, onChange, byStatus, reasons, messages, end } = props;
  const t = useText();
  const channelName = useChannelName();
  const reasonOf = useReasonWords();
  const campaigns = useNamed('/campaigns');
  const workflows = useNamed('/workflows');
  const single = (name: 'message' | 'campaign' | 'workflow') => ({
    single: true,
    label: t(`outbox.filter.${name}`),
    value: filters[name] ? [filters[name]] : [],
    onChange: ([chosen]: string[]) => onChange({ [name]: chosen ?? '' }),
  });
  return (
    <FilterRow active={Object.values(filters).filter(Boolean).length} end={end}>
      {byStatus ? (
        <FilterChip
          label={t('outbox.filter.status')}
          value={splitChoices(filters.status)}
          onChange={(value) => onChange({ status: value.join(',') })}
          options={deliveryStatuses.map((status) => ({
            value: status,
            label: t(deliveryStatusLook(status)?.text ?? 'app.status'),
          }))}
        />
      ) : null}
      {reasons.length > 0 || filters.reason ? (
        <FilterChip
          single
          label={t('outbox.filter.reason')}
          value={filters.reason ? [filters.reason] : []}
          onChange={([reason]) => onChange({ reason: reason ?? '' })}
          options={reasons.map(({ reason, n }) => ({
            value: reason,
            label: t('outbox.filter.reasonCount', { reason: reasonOf(reason), n }),
          }))}
        />
      ) : null}
      <FilterChip
        label={t('outbox.filter.channel')}
        value={splitChoices(filters.channel)}
        onChange={(value) => onChange({ channel: value.join(',') })}
        options={messageChannels.map((channel) => ({
          value: channel,
          label: channelName(channel),
          icon: <ChannelIcon channel={channel} />,
        }))}
      />
      <FilterChip {...single('message')} options={messages} />
      <FilterChip {...single('campaign')} options={campaigns} />
      <FilterChip {...single('workflow')} options={workflows} />
      <FilterChip
        single
        label={t('outbox.filter.since')}
        unset={t('outbox.since.ever')}
        value={filters.since ? [filters.since] : []}
        onChange={([since]) => onChange({ since: since ?? '' })}
        options={(Object.keys(SINCE) as Since[]).map((since) => ({
          value: since,
          label: t(`outbox.since.${since}`),
        }))}
      />
    </FilterRow>
  );
}
