import { Button, Switch } from '@mantine/core';
import type { PromoPool } from '@perennial/contracts';
import {
  EmptyState,
  Page,
  PageHeader,
  StatusBadge,
  TableViewMenu,
  Time,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconPlus, IconTicket } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { FormattedNumber } from 'react-intl';
import { useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useRight } from '../../app/session.ts';
import { useText, type Say } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { useUrlState } from '../../app/use-url-state.ts';
import { PoolForm } from './PoolForm.tsx';
import classes from './PromoCodes.module.css';

const EVERY_MS = 10_000;

/** Pools of codes with what is left in them. */
export function PromoPoolsPage() {
  const t = useText();
  const go = useGo();
  const mayWrite = useRight('workflows.write');
  const [adding, setAdding] = useState(false);
  const [{ archived }, setState] = useUrlState({ archived: '' });
  const columns = useMemo(() => columnsOf(t), [t]);
  const view = useTableView('promo-pools', columns);
  const pools = useList<PromoPool>('/promo_pools', {
    query: { limit: undefined, archived: archived ? 'true' : undefined },
    every: EVERY_MS,
  });
  const open = (id: string) => go(`settings/promo-codes/${id}`);
  const add = mayWrite ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t('promo.new')}
    </Button>
  ) : null;
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('promo.page')}
          count={pools.first?.items.length}
          detail={t('promo.detail')}
          actions={
            <>
              <Switch
                size="xs"
                label={t('promo.archived')}
                checked={archived !== ''}
                onChange={(event) => setState({ archived: event.currentTarget.checked ? '1' : '' })}
              />
              <TableViewMenu view={view} />
              {add}
            </>
          }
        />
      }
    >
      <ListTable
        label={t('promo.page')}
        view={view}
        list={pools}
        rowKey={({ id }) => id}
        onOpen={({ id }) => open(id)}
        empty={
          archived ? (
            <EmptyState icon={IconTicket} title={t('promo.archived.none')} />
          ) : (
            <EmptyState icon={IconTicket} title={t('promo.empty.title')} actions={add}>
              {t('promo.empty.detail')}
            </EmptyState>
          )
        }
      />
      {adding ? (
        <PoolForm pool={null} onSaved={({ id }) => open(id)} onClose={() => setAdding(false)} />
      ) : null}
    </Page>
  );
}

function columnsOf(t: Say): Column<PromoPool>[] {
  const number = (id: 'left' | 'used' | 'expired'): Column<PromoPool> => ({
    id,
    header: t(`promo.column.${id}`),
    width: 110,
    align: 'end',
    ...(id === 'left' && {
      phone: 'end' as const,
      fixed: true,
      phoneCell: ({ left }: PromoPool) => t('promo.leftCount', { count: left }),
    }),
    cell: (pool) => <FormattedNumber value={pool[id]} />,
  });
  return [
    {
      id: 'name',
      header: t('promo.column.name'),
      width: 200,
      grow: 2,
      fixed: true,
      phone: 'title',
      cell: ({ name, low }) => (
        <span className={classes.name}>
          <span dir="auto">{name}</span>
          {low ? <StatusBadge tone="warning">{t('promo.low')}</StatusBadge> : null}
        </span>
      ),
    },
    {
      id: 'discount',
      header: t('promo.column.discount'),
      width: 100,
      align: 'end',
      cell: ({ discount }) => (discount === null ? '' : <FormattedNumber value={discount} />),
    },
    {
      id: 'type',
      header: t('promo.column.type'),
      width: 120,
      cell: ({ type }) => (
        <span className={classes.muted} dir="auto">
          {type}
        </span>
      ),
    },
    number('left'),
    number('used'),
    number('expired'),
    {
      id: 'expires',
      header: t('promo.column.expires'),
      width: 130,
      phone: 'meta',
      cell: ({ expires_at: at }) =>
        at === null ? <span className={classes.muted}>{t('promo.never')}</span> : <Time at={at} />,
    },
  ];
}
