import { Button, TextInput, Tooltip } from '@mantine/core';
import type { Event as ContactEvent, EventDetail } from '@perennial/contracts';
import {
  EmptyState,
  FilterChip,
  FilterRow,
  Page,
  PageHeader,
  SplitView,
  StatusBadge,
  TableViewMenu,
  Time,
  useNow,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconBolt, IconFilterOff, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { ApiProblem } from '../../api.ts';
import { useList, useRead } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { SourceWord } from '../contacts/SourceWord.tsx';
import { useText, type Say } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { useUrlState } from '../../app/use-url-state.ts';
import { ContactLink } from '../contacts/ContactLink.tsx';
import { ContactSelect } from '../contacts/ContactSelect.tsx';
import { paramsLine, ratePerMinute } from './event.ts';
import { EventInspector } from './EventInspector.tsx';
import { useLiveEvents } from './use-live-events.ts';
import classes from './Events.module.css';

/** The event history, newest first, renewed every second while at its top. */
export function LivePage() {
  const t = useText();
  const now = useNow();
  const [paused, setPaused] = useState(false);
  const [{ open }, setOpen] = useUrlState({ open: '' });
  const [filter, setState] = useUrlState(noFilter);
  const { type, contact, key, from, to, with_errors: errors } = filter;
  const knowsKey = Boolean(type || contact);
  const isHistory = Boolean((key && knowsKey) || from || to || errors);
  const columns = useMemo(
    () => eventColumns(t, isHistory ? 'occurred' : 'arrived'),
    [t, isHistory],
  );
  const view = useTableView('events', columns);
  const [atTop, setAtTop] = useState(true);
  const resting = !atTop;
  const events = useLiveEvents(filter, paused || resting || isHistory);
  const listed = events.items.find((event) => event.id === open);
  // What the address names may have left the list, or lie below what is read of it.
  const opened = useRead<EventDetail>(`/events/${encodeURIComponent(open)}`, {
    enabled: open !== '' && !listed,
  });
  const picked = open === '' ? null : (listed ?? opened.data ?? null);
  const close = () => setOpen({ open: '' });
  const rate = ratePerMinute(
    events.items.slice(0, 100).map((event) => event.received_at),
    now,
  );
  const clear = () => setState(noFilter);
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('app.events')}
          status={
            isHistory ? null : (
              <LiveState
                paused={paused}
                resting={resting}
                stopped={events.stopped}
                onRetry={events.lookAgain}
              />
            )
          }
          detail={
            isHistory
              ? t('events.history.detail')
              : events.loading || events.stopped
                ? t('events.live.detail')
                : `${t('events.live.detail')} ${t('events.live.rate', { count: rate })}`
          }
          actions={
            isHistory ? null : (
              <Button
                variant="default"
                leftSection={paused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
                onClick={() => setPaused(!paused)}
              >
                {t(paused ? 'events.live.resume' : 'events.live.pause')}
              </Button>
            )
          }
        />
      }
    >
      <FilterRow
        active={Object.values(filter).filter(Boolean).length}
        end={<TableViewMenu view={view} />}
      >
        <TypeFilter value={type} onChange={(value) => setState({ type: value })} />
        <ContactSelect
          label={t('events.filter.contact')}
          placeholder={t('events.filter.contactAny')}
          size="sm"
          value={contact || null}
          onChange={(value) => setState({ contact: value ?? '' })}
        />
        <FilterChip
          single
          label={t('events.filter.errors')}
          options={[{ value: 'true', label: t('events.filter.errorsOnly') }]}
          value={errors ? [errors] : []}
          onChange={([next]) => setState({ with_errors: next ?? '' })}
        />
        <Tooltip label={t('events.filter.keyNeeds')} disabled={knowsKey}>
          <TextInput
            aria-label={t('events.filter.key')}
            placeholder={t('events.filter.key')}
            size="sm"
            w={110}
            disabled={!knowsKey}
            value={knowsKey ? key : ''}
            onChange={(event) => setState({ key: event.currentTarget.value })}
          />
        </Tooltip>
        <Instant
          label={t('events.filter.from')}
          value={from}
          onChange={(value) => setState({ from: value })}
        />
        <Instant
          label={t('events.filter.to')}
          value={to}
          onChange={(value) => setState({ to: value })}
        />
      </FilterRow>
      <SplitView
        name="events"
        width={440}
        onCloseSide={close}
        side={picked ? <EventInspector key={picked.id} event={picked} onClose={close} /> : null}
      >
        <ListTable
          label={t('app.events')}
          view={view}
          list={events}
          rowKey={(event) => event.id}
          activeKey={picked?.id}
          onOpen={({ id }) => setOpen({ open: id })}
          onTop={setAtTop}
          empty={<Empty filtered={Boolean(type || contact || isHistory)} onClear={clear} />}
        />
      </SplitView>
    </Page>
  );
}

const noFilter = { type: '', contact: '', key: '', from: '', to: '', with_errors: '' };

interface LiveStateProps {
  paused: boolean;
  resting: boolean;
  stopped: ApiProblem | null;
  onRetry: () => void;
}

/** Whether what is shown is what arrives; it never says so while looks fail. */
function LiveState({ paused, resting, stopped, onRetry }: LiveStateProps) {
  const t = useText();
  if (paused) {
    return (
      <StatusBadge variant="soft" tone="neutral">
        {t('events.live.paused')}
      </StatusBadge>
    );
  }
  if (resting) {
    return (
      <StatusBadge variant="soft" tone="neutral">
        {t('events.live.scrolled')}
      </StatusBadge>
    );
  }
  if (stopped) {
    return (
      <span className={classes.stopped} role="alert">
        <StatusBadge variant="soft" tone="danger">
          {t('events.live.stopped', { reason: problemWords(stopped, t).title })}
        </StatusBadge>
        <Button size="compact-xs" variant="default" onClick={onRetry}>
          {t('events.live.retry')}
        </Button>
      </span>
    );
  }
  return (
    <StatusBadge variant="soft" tone="success" live>
      {t('events.live.running')}
    </StatusBadge>
  );
}

interface InstantProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** An end of the time that is looked at, in the browser's zone. */
function Instant({ label, value, onChange }: InstantProps) {
  return (
    <TextInput
      type="datetime-local"
      aria-label={label}
      size="sm"
      leftSection={<span className={classes.hint}>{label}</span>}
      leftSectionWidth={44}
      w={208}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function TypeFilter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useText();
  const types = useList<{ key: string }>('/event_types', { query: { limit: 500 } });
  return (
    <FilterChip
      single
      label={t('events.filter.type')}
      options={types.items.map(({ key }) => ({ value: key, label: key }))}
      value={value ? [value] : []}
      onChange={([next]) => onChange(next ?? '')}
    />
  );
}

/** Nothing to tell apart: the clocks of two machines, and the way between them. */
const AT_ONCE_MS = 60_000;

/** First the time by which they are sorted; the other where it is another one. */
function timeColumns(t: Say, sortedBy: 'arrived' | 'occurred'): Column<ContactEvent>[] {
  const times = {
    arrived: (event: ContactEvent) => event.received_at,
    occurred: (event: ContactEvent) => event.occurred_at,
  };
  const other = sortedBy === 'arrived' ? 'occurred' : 'arrived';
  return [
    {
      id: sortedBy,
      header: t(`events.column.${sortedBy}`),
      width: 100,
      fixed: true,
      phone: 'end',
      cell: (event) => <Time at={times[sortedBy](event)} />,
    },
    {
      id: other,
      header: t(`events.column.${other}`),
      width: 100,
      cell: (event) =>
        Math.abs(Date.parse(event.received_at) - Date.parse(event.occurred_at)) <
        AT_ONCE_MS ? null : (
          <Time at={times[other](event)} />
        ),
    },
  ];
}

function eventColumns(t: Say, sortedBy: 'arrived' | 'occurred'): Column<ContactEvent>[] {
  return [
    ...timeColumns(t, sortedBy),
    {
      id: 'type',
      header: t('events.column.type'),
      width: 180,
      grow: 1,
      fixed: true,
      phone: 'title',
      cell: ({ event, with_errors: withErrors }) => (
        <span className={classes.keyCell}>
          <span dir="auto" className={classes.type}>
            {event}
          </span>
          {withErrors ? (
            <StatusBadge tone="warning" variant="soft">
              {t('events.withErrors')}
            </StatusBadge>
          ) : null}
        </span>
      ),
    },
    {
      id: 'contact',
      header: t('events.column.contact'),
      width: 160,
      grow: 1,
      phone: 'meta',
      cell: ({ contact }) => <ContactLink id={contact} />,
    },
    {
      id: 'params',
      header: t('events.column.params'),
      width: 240,
      grow: 4,
      cell: ({ params }) => <span className={classes.params}>{paramsLine(params)}</span>,
    },
    {
      id: 'key',
      header: t('events.column.key'),
      width: 120,
      optional: true,
      cell: ({ key }) => key,
    },
    {
      id: 'source',
      header: t('events.column.source'),
      width: 124,
      cell: ({ source }) => <SourceWord source={source} />,
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
        title={t('events.noMatch.title')}
        actions={
          <Button variant="default" onClick={onClear}>
            {t('events.noMatch.action')}
          </Button>
        }
      >
        {t('events.noMatch.detail')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconBolt}
      title={t('events.empty.title')}
      actions={
        <Button component={Link} to={to('')}>
          {t('events.empty.action')}
        </Button>
      }
    >
      {t('events.empty.detail')}
    </EmptyState>
  );
}
