import { TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import type { ActivityCounts, Workflow } from '@perennial/contracts';
import { ChannelIcon, FilterChip, FilterRow, SearchField, useChannelName } from '@perennial/ui';
import { FormattedNumber } from 'react-intl';
import { useList } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import { splitChoices } from '../../app/use-url-state.ts';
import { messageChannels } from '../messages/message.ts';
import { deliveryStatuses, deliveryStatusLook } from '../outbox/delivery-status.ts';
import { activityKinds } from './activity.ts';
import type { ActivityFilterState } from './activity-query.ts';
import classes from './ContactPage.module.css';

interface ActivityFiltersProps {
  counts: ActivityCounts | undefined;
  state: ActivityFilterState;
  setState: (change: Partial<ActivityFilterState>) => void;
}

/** Kinds with how many there are, and what narrows them further. */
export function ActivityFilters({ counts, state, setState }: ActivityFiltersProps) {
  return (
    <div className={classes.activityFilters}>
      <Kinds
        counts={counts}
        chosen={splitChoices(state.kind)}
        onChange={(kinds) => setState({ kind: kinds.join(',') })}
      />
      <FilterRow>
        <Narrowing state={state} setState={setState} />
      </FilterRow>
    </div>
  );
}

interface KindsProps {
  counts: ActivityCounts | undefined;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

function Kinds({ counts, chosen, onChange }: KindsProps) {
  const t = useText();
  const toggle = (kind: string) =>
    chosen.includes(kind) ? chosen.filter((each) => each !== kind) : [...chosen, kind];
  return (
    <div className={classes.kinds} role="group" aria-label={t('contacts.activity.filter')}>
      <UnstyledButton
        className={classes.kind}
        aria-pressed={chosen.length === 0}
        onClick={() => onChange([])}
      >
        {t('contacts.activity.kind.all')}
      </UnstyledButton>
      {activityKinds.map((kind) => (
        <UnstyledButton
          key={kind}
          className={classes.kind}
          aria-pressed={chosen.includes(kind)}
          onClick={() => onChange(toggle(kind))}
        >
          {t(`contacts.activity.kind.${kind}`)}
          {counts ? <Count n={counts[kind]} exact={counts.exact} /> : null}
        </UnstyledButton>
      ))}
    </div>
  );
}

function Count({ n, exact }: { n: number; exact: boolean }) {
  const t = useText();
  return (
    <Tooltip label={t('contacts.activity.countsAtLeast')} disabled={exact}>
      <span className={classes.kindCount}>
        <FormattedNumber value={n} />
        {exact || n === 0 ? '' : '+'}
      </span>
    </Tooltip>
  );
}

function Narrowing({ state, setState }: Omit<ActivityFiltersProps, 'counts'>) {
  const t = useText();
  const channelName = useChannelName();
  const types = useList<{ key: string; name: string }>('/event_types', { query: { limit: 500 } });
  const workflows = useList<Workflow>('/workflows', { query: { limit: 200 } });
  const one = (name: keyof ActivityFilterState) => ({
    single: true,
    value: state[name] ? [state[name]] : [],
    onChange: ([choice]: string[]) => setState({ [name]: choice ?? '' }),
  });
  return (
    <>
      <SearchField
        label={t('contacts.activity.search')}
        value={state.search}
        onChange={(search) => setState({ search })}
      />
      <FilterChip
        {...one('type')}
        label={t('contacts.activity.type')}
        options={types.items.map(({ key, name }) => ({ value: key, label: name }))}
      />
      <FilterChip
        {...one('channel')}
        label={t('contacts.activity.channel')}
        options={messageChannels.map((channel) => ({
          value: channel,
          label: channelName(channel),
          icon: <ChannelIcon channel={channel} />,
        }))}
      />
      <FilterChip
        {...one('status')}
        label={t('contacts.activity.status')}
        options={['refused', 'held', ...deliveryStatuses].map((status) => ({
          value: status,
          label: t(deliveryStatusLook(status)?.text ?? 'app.status'),
        }))}
      />
      <FilterChip
        {...one('workflow')}
        label={t('contacts.activity.workflow')}
        options={workflows.items.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {(['from', 'to'] as const).map((name) => (
        <label key={name} className={classes.day}>
          {t(`contacts.activity.${name}`)}
          <TextInput
            size="xs"
            type="date"
            value={state[name]}
            onChange={(event) => setState({ [name]: event.currentTarget.value })}
          />
        </label>
      ))}
    </>
  );
}
