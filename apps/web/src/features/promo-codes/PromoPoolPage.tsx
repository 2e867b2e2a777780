import { Alert, Anchor, Button, SegmentedControl } from '@mantine/core';
import type { PromoCode, PromoPool } from '@perennial/contracts';
import {
  EmptyState,
  Page,
  PageHeader,
  SearchField,
  SkeletonLines,
  StatNumber,
  StatusBadge,
  Time,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconAlertTriangle, IconListSearch, IconPlus, IconTicket } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { useList, useRead } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { Problem } from '../../app/Problem.tsx';
import { useRight } from '../../app/session.ts';
import { useText, type Say } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { useUrlState } from '../../app/use-url-state.ts';
import { ContactLink } from '../contacts/ContactLink.tsx';
import { AddCodes } from './AddCodes.tsx';
import { PoolActions } from './PoolActions.tsx';
import classes from './PromoCodes.module.css';

const EVERY_MS = 5_000;
const STATES = ['all', 'free', 'used', 'expired'] as const;
const tones = { free: 'success', used: 'neutral', expired: 'warning' } as const;

/** One pool: what is left, and each code with who got it. */
export function PromoPoolPage() {
  const t = useText();
  const to = useTo();
  const { id = '' } = useParams();
  const mayWrite = useRight('workflows.write');
  const [adding, setAdding] = useState(false);
  const pool = useRead<PromoPool>(`/promo_pools/${id}`, { every: EVERY_MS });
  const back = (
    <Anchor component={Link} to={to('settings/promo-codes')} size="sm" c="dimmed">
      {t('promo.all')}
    </Anchor>
  );
  if (pool.error && !pool.data)
    return (
      <Page header={<PageHeader title={t('promo.page')} back={back} />}>
        <Problem error={pool.error} onRetry={() => void pool.refetch()} />
      </Page>
    );
  const { data } = pool;
  const add =
    mayWrite && data && data.archived_at === null ? (
      <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
        {t('promo.add')}
      </Button>
    ) : null;
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={data?.name}
          loading={!data}
          back={back}
          status={
            data?.archived_at ? (
              <StatusBadge tone="neutral">{t('promo.archived')}</StatusBadge>
            ) : data?.low ? (
              <StatusBadge tone="warning">{t('promo.low')}</StatusBadge>
            ) : null
          }
          actions={
            <>
              {data && mayWrite ? <PoolActions pool={data} /> : null}
              {add}
            </>
          }
        />
      }
    >
      {data ? (
        <div className={classes.main}>
          <About pool={data} />
          {mayWrite ? <Codes pool={data} add={add} /> : null}
        </div>
      ) : (
        <SkeletonLines lines={8} />
      )}
      {adding && data ? <AddCodes pool={data} onClose={() => setAdding(false)} /> : null}
    </Page>
  );
}

function About({ pool }: { pool: PromoPool }) {
  const t = useText();
  const { added, left, used, expired, warn_below: below } = pool;
  const width = (n: number) => ({ inlineSize: `${added === 0 ? 0 : (100 * n) / added}%` });
  return (
    <div className={classes.about}>
      {pool.archived_at ? (
        <Alert color="gray" variant="light">
          {t('promo.archived.banner')}
        </Alert>
      ) : pool.low && below !== null ? (
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={18} />}>
          {t('promo.low.banner', { below })}
        </Alert>
      ) : null}
      <div className={classes.numbers}>
        <StatNumber label={t('promo.left')} value={left} hint={t('promo.left.of', { added })} />
        <StatNumber label={t('promo.used')} value={used} />
        <StatNumber label={t('promo.expired')} value={expired} />
      </div>
      <div
        className={classes.bar}
        role="img"
        aria-label={t('promo.share', { left, used, expired })}
      >
        <span className={classes.barLeft} style={width(left)} />
        <span className={classes.barUsed} style={width(used)} />
      </div>
      <Meta pool={pool} />
    </div>
  );
}

function Meta({
  pool: { discount, type, expires_at: expires, warn_below: below },
}: {
  pool: PromoPool;
}) {
  const t = useText();
  const facts = [
    ...(discount === null ? [] : [`${t('promo.column.discount')} ${discount}`]),
    ...(type === null ? [] : [`${t('promo.column.type')} ${type}`]),
    ...(below === null ? [] : [`${t('promo.form.warn')} ${below}`]),
  ];
  if (facts.length === 0 && expires === null) return null;
  return (
    <div className={classes.meta}>
      {facts.map((fact) => (
        <span key={fact} dir="auto">
          {fact}
        </span>
      ))}
      {expires === null ? null : (
        <span>
          {t('promo.form.expires')} <Time at={expires} style="exact" />
        </span>
      )}
    </div>
  );
}

function Codes({ pool, add }: { pool: PromoPool; add: ReactNode }) {
  const t = useText();
  const [{ state, search }, setState] = useUrlState({ state: 'all', search: '' });
  const columns = useMemo(() => columnsOf(t), [t]);
  const view = useTableView('promo-codes', columns);
  const codes = useList<PromoCode>(`/promo_pools/${pool.id}/codes`, {
    query: {
      state: state === 'all' ? undefined : state,
      search: search || undefined,
    },
    every: EVERY_MS,
  });
  return (
    <>
      <div className={classes.head}>
        <h2 className={classes.heading}>{t('promo.codes')}</h2>
        <SearchField
          label={t('promo.codes.find')}
          value={search}
          onChange={(value) => setState({ search: value })}
        />
        <SegmentedControl
          size="xs"
          value={state}
          data={STATES.map((value) => ({ value, label: t(`promo.state.${value}`) }))}
          onChange={(value) => setState({ state: value })}
        />
      </div>
      <ListTable
        label={t('promo.codes')}
        view={view}
        list={codes}
        rowKey={({ id }) => id}
        empty={
          pool.added === 0 ? (
            <EmptyState icon={IconTicket} title={t('promo.codes.empty.title')} actions={add}>
              {t('promo.codes.empty.detail')}
            </EmptyState>
          ) : (
            <EmptyState icon={IconListSearch} title={t('promo.codes.none')} />
          )
        }
      />
    </>
  );
}

function columnsOf(t: Say): Column<PromoCode>[] {
  return [
    {
      id: 'code',
      header: t('promo.codes.column.code'),
      width: 200,
      grow: 1,
      fixed: true,
      phone: 'title',
      cell: ({ code }) => <span className={classes.code}>{code}</span>,
    },
    {
      id: 'state',
      header: t('promo.codes.column.state'),
      width: 110,
      phone: 'end',
      cell: ({ state }) => (
        <StatusBadge tone={tones[state]}>{t(`promo.state.${state}`)}</StatusBadge>
      ),
    },
    {
      id: 'contact',
      header: t('promo.codes.column.contact'),
      width: 180,
      grow: 1,
      phone: 'meta',
      cell: ({ contact, state }) => {
        if (contact !== null) return <ContactLink id={contact} />;
        return state === 'used' ? <span className={classes.muted}>{t('promo.nobody')}</span> : null;
      },
    },
    {
      id: 'used',
      header: t('promo.codes.column.used'),
      width: 120,
      cell: ({ used_at: at }) => (at === null ? null : <Time at={at} />),
    },
    {
      id: 'expires',
      header: t('promo.codes.column.expires'),
      width: 130,
      cell: ({ expires_at: at }) =>
        at === null ? <span className={classes.muted}>{t('promo.never')}</span> : <Time at={at} />,
    },
  ];
}
