import type { MembershipLogEntry, SegmentDetail } from '@perennial/contracts';
import { EmptyState, Time, useTableView, type Column } from '@perennial/ui';
import { IconArrowBarRight, IconArrowBarToRight, IconHistory } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useText, type Say } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { contactName } from '../contacts/contact.ts';
import { causeSentence } from './cause-word.ts';
import classes from './Segments.module.css';

/** Who entered and left, newest first. */
export function LogTab({ segment }: { segment: SegmentDetail }) {
  const t = useText();
  const go = useGo();
  const columns = useMemo(() => logColumns(t), [t]);
  const view = useTableView('membership-log', columns);
  const log = useList<MembershipLogEntry>(`/segments/${segment.id}/log`, { every: 5_000 });
  const { items, hasMore, loadingMore, more } = log;
  // A page may come empty and still not be the last.
  useEffect(() => {
    if (items.length === 0 && hasMore && !loadingMore) more();
  }, [items.length, hasMore, loadingMore, more]);
  return (
    <ListTable
      label={t('segments.tab.log')}
      view={view}
      list={{ ...log, loading: log.loading || (items.length === 0 && hasMore) }}
      rowKey={(entry) => entry.id}
      onOpen={(entry) => (entry.contact ? go(`contacts/${entry.contact.id}`) : undefined)}
      empty={
        <EmptyState icon={IconHistory} title={t('segments.log.empty.title')}>
          {t('segments.log.empty.detail')}
        </EmptyState>
      }
    />
  );
}

function logColumns(t: Say): Column<MembershipLogEntry>[] {
  return [
    {
      id: 'what',
      header: t('segments.log.what'),
      width: 120,
      fixed: true,
      phone: 'meta',
      cell: ({ entered }) => (
        <span className={classes.move} data-entered={entered || undefined}>
          {entered ? <IconArrowBarToRight size={16} /> : <IconArrowBarRight size={16} />}
          {t(entered ? 'segments.log.entered' : 'segments.log.left')}
        </span>
      ),
    },
    {
      id: 'contact',
      header: t('segments.log.contact'),
      width: 220,
      grow: 2,
      phone: 'title',
      cell: ({ contact, contact_id: id }) =>
        contact ? (
          <span className={classes.name} dir="auto">
            {contactName(contact) ?? t('app.contact.unnamed', { id })}
          </span>
        ) : (
          <span className={classes.muted}>{t('segments.log.gone', { id })}</span>
        ),
    },
    {
      id: 'cause',
      header: t('segments.log.cause'),
      width: 200,
      grow: 1,
      cell: ({ cause, by }) => causeSentence(cause, by, t),
    },
    {
      id: 'when',
      header: t('segments.log.when'),
      width: 130,
      align: 'end',
      phone: 'end',
      cell: ({ at }) => <Time at={at} />,
    },
  ];
}
