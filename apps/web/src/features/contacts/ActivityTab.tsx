import { UnstyledButton } from '@mantine/core';
import type { Activity, ActivityCounts, ActivityPage } from '@perennial/contracts';
import {
  ChannelIcon,
  EmptyState,
  SkeletonLines,
  Time,
  Timeline,
  TimelineHeading,
  TimelineItem,
} from '@perennial/ui';
import {
  IconBolt,
  IconClipboardList,
  IconForms,
  IconHistory,
  IconMail,
  IconShoppingCart,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';
import { useState } from 'react';
import { FormattedNumber, useIntl } from 'react-intl';
import { Link } from 'react-router';
import { useList } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { Rich, useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { splitChoices, useUrlState } from '../../app/use-url-state.ts';
import { DeliveryStatusBadge } from '../outbox/DeliveryStatusBadge.tsx';
import { activityWords, showsStatus } from './activity-words.ts';
import { dayOf, startsDay } from './activity.ts';
import { ActivityDetails } from './ActivityDetails.tsx';
import classes from './ContactPage.module.css';

const kinds = ['event', 'send', 'order', 'form', 'segment', 'field'] as const;

const icons: Record<Activity['kind'], Icon> = {
  send: IconMail,
  event: IconBolt,
  order: IconShoppingCart,
  form: IconForms,
  segment: IconUsersGroup,
  field: IconClipboardList,
};

/** Everything the contact did and was sent, newest first, filtered by kind. */
export function ActivityTab({ contactId }: { contactId: string }) {
  const t = useText();
  const intl = useIntl();
  const [{ kind }, setState] = useUrlState({ kind: '' });
  const chosen = splitChoices(kind);
  const activity = useList<Activity>(`/contacts/${contactId}/activity`, {
    query: { kinds: chosen, limit: 100 },
    every: 5_000,
  });
  const [open, setOpen] = useState<string | null>(null);
  const page = activity.first as ActivityPage | undefined;
  const zone = intl.timeZone ?? 'UTC';
  if (activity.error && !page) return <Problem error={activity.error} onRetry={activity.retry} />;
  return (
    <>
      <KindFilter
        counts={page?.counts}
        chosen={chosen}
        onChange={(next) => setState({ kind: next.join(',') })}
      />
      {activity.loading ? <SkeletonLines lines={10} /> : null}
      {page && activity.items.length === 0 ? (
        <EmptyState
          icon={IconHistory}
          title={t(
            chosen.length > 0 ? 'contacts.activity.noneOfKind' : 'contacts.activity.empty.title',
          )}
        >
          {t('contacts.activity.empty.detail')}
        </EmptyState>
      ) : null}
      <Timeline
        label={t('contacts.activity.feed')}
        items={activity.items}
        itemKey={(item) => item.id}
        hasMore={activity.hasMore}
        loadingMore={activity.loadingMore}
        onMore={activity.more}
        render={(item, index) => (
          <>
            {startsDay(activity.items, index, zone) ? <Day at={item.at} zone={zone} /> : null}
            <ActivityLine
              item={item}
              expanded={open === item.id}
              onToggle={() => setOpen(open === item.id ? null : item.id)}
            />
          </>
        )}
      />
    </>
  );
}

interface KindFilterProps {
  counts: ActivityCounts | undefined;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

function KindFilter({ counts, chosen, onChange }: KindFilterProps) {
  const t = useText();
  return (
    <div className={classes.kinds} role="group" aria-label={t('contacts.activity.filter')}>
      <UnstyledButton
        className={classes.kind}
        aria-pressed={chosen.length === 0}
        onClick={() => onChange([])}
      >
        {t('contacts.activity.kind.all')}
      </UnstyledButton>
      {kinds.map((kind) => (
        <UnstyledButton
          key={kind}
          className={classes.kind}
          aria-pressed={chosen.includes(kind)}
          onClick={() =>
            onChange(
              chosen.includes(kind) ? chosen.filter((each) => each !== kind) : [...chosen, kind],
            )
          }
        >
          {t(`contacts.activity.kind.${kind}`)}
          {counts ? (
            <span className={classes.kindCount}>
              <FormattedNumber value={counts[kind]} />
            </span>
          ) : null}
        </UnstyledButton>
      ))}
    </div>
  );
}

function Day({ at, zone }: { at: string; zone: string }) {
  const t = useText();
  const intl = useIntl();
  const day = dayOf(at, zone);
  const now = Date.now();
  if (day === dayOf(new Date(now).toISOString(), zone)) {
    return <TimelineHeading>{t('contacts.activity.today')}</TimelineHeading>;
  }
  if (day === dayOf(new Date(now - 86_400_000).toISOString(), zone)) {
    return <TimelineHeading>{t('contacts.activity.yesterday')}</TimelineHeading>;
  }
  return (
    <TimelineHeading>
      {intl.formatDate(at, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })}
    </TimelineHeading>
  );
}

interface ActivityLineProps {
  item: Activity;
  expanded: boolean;
  onToggle: () => void;
}

function ActivityLine({ item, expanded, onToggle }: ActivityLineProps) {
  const t = useText();
  const Glyph = icons[item.kind];
  const words = activityWords(item, t);
  const hasDetails = Object.keys(item.details).length > 0;
  return (
    <TimelineItem
      icon={
        item.channel ? <ChannelIcon channel={item.channel} /> : <Glyph size={16} stroke={1.75} />
      }
      title={words.title}
      detail={
        <>
          {words.detail}
          <Started runs={item.started} />
        </>
      }
      status={
        item.status && showsStatus(item) ? <DeliveryStatusBadge status={item.status} /> : null
      }
      time={<Time at={item.at} />}
      onClick={hasDetails ? onToggle : undefined}
      expanded={expanded}
    >
      <ActivityDetails item={item} />
    </TimelineItem>
  );
}

/** Workflows that an event started, each a link to the contact's path through it. */
function Started({ runs }: { runs: Activity['started'] }) {
  const to = useTo();
  return runs.map(({ workflow, name, run }) => (
    <span key={run}>
      {' · '}
      <Rich
        id="contacts.activity.started"
        values={{
          workflow: (
            <Link key="name" to={to(`workflows/${workflow}?run=${run}`)}>
              {name}
            </Link>
          ),
        }}
      />
    </span>
  ));
}
