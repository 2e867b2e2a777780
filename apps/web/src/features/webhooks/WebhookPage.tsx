import { Alert, Anchor, Switch } from '@mantine/core';
import type { Webhook, WebhookAttempt } from '@perennial/contracts';
import {
  Copyable,
  EmptyState,
  Fact,
  Facts,
  Page,
  PageHeader,
  SkeletonLines,
  SplitView,
  StatusBadge,
  Time,
  useNow,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconAlertTriangle, IconListSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { useList, useRead } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { Problem } from '../../app/Problem.tsx';
import { Rich, useText, type Say } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { useUrlState } from '../../app/use-url-state.ts';
import { AttemptInspector } from './AttemptInspector.tsx';
import { groupsTold, type GroupTold } from './kind-groups.ts';
import { HoursSparkline } from './HoursSparkline.tsx';
import { WebhookActions } from './WebhookActions.tsx';
import classes from './Webhooks.module.css';
import { WebhookState } from './WebhookState.tsx';

const EVERY_MS = 5_000;

/** One webhook: whom it tells of what, how that goes, and each request. */
export function WebhookPage() {
  const t = useText();
  const to = useTo();
  const { id = '' } = useParams();
  const webhook = useRead<Webhook>(`/webhooks/${id}`, { every: EVERY_MS });
  const back = (
    <Anchor component={Link} to={to('settings/webhooks')} size="sm" c="dimmed">
      {t('webhooks.all')}
    </Anchor>
  );
  if (webhook.error && !webhook.data)
    return (
      <Page header={<PageHeader title={t('webhooks.page')} back={back} />}>
        <Problem error={webhook.error} onRetry={() => void webhook.refetch()} />
      </Page>
    );
  const { data } = webhook;
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={data?.name}
          loading={!data}
          back={back}
          status={data ? <WebhookState webhook={data} variant="soft" /> : null}
          actions={data ? <WebhookActions webhook={data} /> : null}
        />
      }
    >
      {data ? <Requests webhook={data} /> : <SkeletonLines lines={8} />}
    </Page>
  );
}

function Requests({ webhook }: { webhook: Webhook }) {
  const t = useText();
  const [{ failed }, setState] = useUrlState({ failed: '' });
  const [open, setOpen] = useState<WebhookAttempt | null>(null);
  const columns = useMemo(() => columnsOf(t), [t]);
  const view = useTableView('webhook-attempts', columns);
  const attempts = useList<WebhookAttempt>(`/webhooks/${webhook.id}/attempts`, {
    query: { failed: failed ? 'true' : undefined },
    every: EVERY_MS,
  });
  return (
    <SplitView
      name="webhook"
      width={440}
      onCloseSide={() => setOpen(null)}
      side={
        open ? (
          <AttemptInspector webhook={webhook} attempt={open} onClose={() => setOpen(null)} />
        ) : null
      }
    >
      <div className={classes.main}>
        <div className={classes.about}>
          <Trouble webhook={webhook} />
          <About webhook={webhook} />
        </div>
        <div className={classes.logHead}>
          <h2 className={classes.heading}>{t('webhooks.log')}</h2>
          <Switch
            size="xs"
            label={t('webhooks.log.failedOnly')}
            checked={failed !== ''}
            onChange={(event) => setState({ failed: event.currentTarget.checked ? '1' : '' })}
          />
        </div>
        <ListTable
          label={t('webhooks.log')}
          view={view}
          list={attempts}
          rowKey={({ id }) => id}
          activeKey={open?.id}
          onOpen={setOpen}
          empty={
            <EmptyState
              icon={IconListSearch}
              title={t(failed ? 'webhooks.log.noFailed' : 'webhooks.log.empty.title')}
            >
              {failed ? null : t('webhooks.log.empty.detail')}
            </EmptyState>
          }
        />
      </div>
    </SplitView>
  );
}

/** What is wrong, what becomes of what happens meanwhile, and what to do. */
function Trouble({ webhook }: { webhook: Webhook }) {
  const t = useText();
  const { state, failing_since, problem, next_at, dropped } = webhook;
  const lost =
    dropped === 0 ? null : (
      <p className={classes.dropped}>{t('webhooks.dropped', { n: dropped })}</p>
    );
  if (state === 'failing')
    return (
      <Alert
        color="red"
        variant="light"
        icon={<IconAlertTriangle size={18} />}
        title={t('webhooks.trouble.failing')}
      >
        {t('webhooks.trouble.failingText', { problem: problem ?? '' })}
        {lost}
      </Alert>
    );
  if (state === 'active' && failing_since !== null)
    return (
      <Alert
        color="yellow"
        variant="light"
        icon={<IconAlertTriangle size={18} />}
        title={t('webhooks.trouble.retry')}
      >
        <Rich
          id="webhooks.trouble.retryText"
          values={{ problem: problem ?? '', next: <NextTry at={next_at} /> }}
        />
        {lost}
      </Alert>
    );
  return lost;
}

/** A relative time says little of what comes within a minute. */
function NextTry({ at }: { at: string | null }) {
  const t = useText();
  const now = useNow();
  if (at === null || Date.parse(at) - now < 60_000) return t('webhooks.trouble.soon');
  return <Time at={at} />;
}

function About({ webhook }: { webhook: Webhook }) {
  const t = useText();
  const now = useNow();
  const { url, format, kinds, login, waiting, waiting_since, secret_until, hours } = webhook;
  return (
    <div className={classes.facts}>
      <Facts>
        <Fact label={t('webhooks.fact.url')}>
          <Copyable value={url} mono />
        </Fact>
        <Fact label={t('webhooks.fact.format')}>{t(`webhooks.format.${format}`)}</Fact>
        <Fact label={t('webhooks.fact.kinds')}>
          <ul className={classes.told}>
            {groupsTold(kinds).map((told) => (
              <li key={told.group}>{wordsOf(t, told)}</li>
            ))}
          </ul>
        </Fact>
        {login === null ? null : <Fact label={t('webhooks.fact.login')}>{login}</Fact>}
        <Fact label={t('webhooks.fact.waiting')}>
          {waiting === 0 || waiting_since === null ? (
            t('webhooks.fact.none')
          ) : (
            <Rich
              id="webhooks.fact.waitingSince"
              values={{
                n: t('webhooks.waiting', { n: waiting, more: String(waiting >= 10_000) }),
                since: <Time at={waiting_since} />,
              }}
            />
          )}
        </Fact>
        {secret_until === null ? null : (
          <Fact label={t('webhooks.fact.rotated')}>
            <Time at={secret_until} style="exact" />
          </Fact>
        )}
        <Fact label={t('webhooks.column.day')}>
          <HoursSparkline hours={hours} now={now} width={200} />
        </Fact>
      </Facts>
    </div>
  );
}

/** A group of which it is told everything is named as a whole. */
function wordsOf(t: Say, { group, kinds, all }: GroupTold): string {
  return all && kinds.length > 1
    ? t('webhooks.group.all', { group: t(`webhooks.group.${group}`) })
    : kinds.map((kind) => t(`webhooks.kind.${kind}`)).join(', ');
}

function columnsOf(t: Say): Column<WebhookAttempt>[] {
  return [
    {
      id: 'at',
      header: t('webhooks.log.column.at'),
      width: 110,
      fixed: true,
      phone: 'end',
      cell: ({ at }) => <Time at={at} />,
    },
    {
      id: 'outcome',
      header: t('webhooks.log.column.outcome'),
      width: 140,
      fixed: true,
      phone: 'title',
      cell: ({ outcome, status }) => (
        <StatusBadge tone={outcome === 'delivered' ? 'success' : 'danger'}>
          {status === null
            ? t(`webhooks.log.${outcome}`)
            : t('webhooks.log.status', {
                outcome: t(`webhooks.log.${outcome}`),
                status: String(status),
              })}
        </StatusBadge>
      ),
    },
    {
      id: 'kind',
      header: t('webhooks.log.column.kind'),
      width: 160,
      grow: 1,
      phone: 'meta',
      cell: ({ kind, test }) =>
        test || kind === null ? t('webhooks.log.test') : t(`webhooks.kind.${kind}`),
    },
    {
      id: 'facts',
      header: t('webhooks.log.column.facts'),
      width: 70,
      align: 'end',
      cell: ({ facts }) => facts,
    },
    {
      id: 'took',
      header: t('webhooks.log.column.took'),
      width: 90,
      align: 'end',
      cell: ({ took_ms: ms }) => t('webhooks.log.ms', { ms }),
    },
  ];
}
