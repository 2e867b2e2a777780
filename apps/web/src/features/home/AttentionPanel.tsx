import type { Alarm, App, DeadEventPage, PromoPool, Provider, Webhook } from '@perennial/contracts';
import { Panel } from '@perennial/ui';
import {
  IconAlertTriangle,
  IconBellRinging,
  IconCircleCheck,
  IconHelpCircle,
  IconMailX,
  IconPencil,
  IconRouteX,
  IconShieldExclamation,
  IconTicket,
  IconWebhookOff,
  IconWorldExclamation,
  IconKey,
  type Icon,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import { useList, useRead } from '../../app/data.ts';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { useDomainTrouble, wrongRecords } from '../sender-domains/use-domain-trouble.ts';
import { recordTitle } from '../sender-domains/record-looks.ts';
import { useWorkflowTrouble } from './use-workflow-trouble.ts';
import classes from './Home.module.css';

interface Trouble {
  id: string;
  icon: Icon;
  severe: boolean;
  title: string;
  detail: string;
  to: string;
}

const counted = 100;

/** What somebody should look at; each line leads to where it is put right. */
export function AttentionPanel() {
  const t = useText();
  const troubles = [
    ...useAlarms(),
    ...useDeadEvents(),
    ...useUncertain(),
    ...useProviders(),
    ...useDomains(),
    ...useWebhooks(),
    ...useWorkflows(),
    ...usePromoPools(),
    ...useApps(),
  ];
  return (
    <Panel title={t('home.attention')}>
      {troubles.length === 0 ? (
        <p className={classes.calm}>
          <IconCircleCheck size={20} stroke={1.5} aria-hidden />
          {t('home.attention.none')}
        </p>
      ) : (
        troubles.map((trouble) => <TroubleLine key={trouble.id} trouble={trouble} />)
      )}
    </Panel>
  );
}

function TroubleLine({ trouble }: { trouble: Trouble }) {
  const to = useTo();
  const { icon: Glyph } = trouble;
  return (
    <Link to={to(trouble.to)} className={classes.line}>
      <Glyph
        size={20}
        stroke={1.5}
        color={trouble.severe ? 'var(--p-danger)' : 'var(--p-warning)'}
        aria-hidden
      />
      <span className={classes.lineText}>
        <span className={classes.lineTitle}>{trouble.title}</span>
        <span className={classes.lineDetail}>{trouble.detail}</span>
      </span>
    </Link>
  );
}

function useAlarms(): Trouble[] {
  const t = useText();
  const alarms = useList<Alarm>('/alarms', { every: 15_000 });
  return alarms.items.flatMap(({ id, name, level, rule: { direction, period }, open }) =>
    open
      ? [
          {
            id: `alarm ${id}`,
            icon: IconBellRinging,
            severe: level === 'alarm',
            title: t('alarms.attention', { name, direction, value: open.value }),
            detail: t('alarms.attention.detail', {
              direction,
              period,
              bound: Math.round(open.bound * 10) / 10,
            }),
            to: `alarms/${id}`,
          },
        ]
      : [],
  );
}

function useDeadEvents(): Trouble[] {
  const t = useText();
  const dead = useRead<DeadEventPage>('/dead_events', { query: { limit: 1 }, every: 15_000 });
  const count = (dead.data?.reasons ?? []).reduce((sum, each) => sum + each.count, 0);
  if (count === 0) return [];
  return [
    {
      id: 'dead',
      icon: IconAlertTriangle,
      severe: true,
      title: t('home.attention.dead', { count }),
      detail: t('home.attention.dead.what'),
      to: 'settings/system',
    },
  ];
}

function useUncertain(): Trouble[] {
  const t = useText();
  const uncertain = useList('/deliveries', {
    query: { status: 'uncertain', limit: counted },
    every: 15_000,
  });
  const count = uncertain.items.length;
  if (count === 0) return [];
  return [
    {
      id: 'uncertain',
      icon: IconHelpCircle,
      severe: false,
      title: uncertain.hasMore
        ? t('home.attention.uncertain.more', { count })
        : t('home.attention.uncertain', { count }),
      detail: t('home.attention.uncertain.what'),
      to: 'outbox?status=uncertain',
    },
  ];
}

function useProviders(): Trouble[] {
  const t = useText();
  const may = useRight('settings.write');
  const providers = useList<Provider>('/providers', { enabled: may, every: 30_000 });
  return providers.items
    .filter((provider) => provider.enabled && provider.problem !== null)
    .map((provider) => ({
      id: `provider ${provider.id}`,
      icon: IconMailX,
      severe: true,
      title: t('home.attention.provider', { name: provider.name }),
      detail: provider.problem ?? '',
      to: 'settings/channels',
    }));
}

function useDomains(): Trouble[] {
  const t = useText();
  return useDomainTrouble().map(({ domain, kind }) => {
    const { id, display, records } = domain;
    const wrong = wrongRecords(domain).map((record) => t(recordTitle(record, records)));
    return {
      id: `domain ${id}`,
      icon: kind === 'broken' ? IconWorldExclamation : IconKey,
      severe: kind === 'broken',
      title: t(`domains.attention.${kind}`, { domain: display }),
      detail: t(`domains.attention.${kind}.what`, { records: wrong.join(', '), n: wrong.length }),
      to: `settings/domains/${id}`,
    };
  });
}

function useWebhooks(): Trouble[] {
  const t = useText();
  const may = useRight('settings.write');
  const webhooks = useList<Webhook>('/webhooks', { enabled: may, every: 60_000 });
  return webhooks.items
    .filter(({ state, failing_since }) => state !== 'paused' && failing_since !== null)
    .map(({ id, name, state, problem }) => ({
      id: `webhook ${id}`,
      icon: IconWebhookOff,
      severe: state === 'failing',
      title: t(state === 'failing' ? 'webhooks.attention.failing' : 'webhooks.attention.trouble', {
        name,
      }),
      detail: problem ?? '',
      to: `settings/webhooks/${id}`,
    }));
}

function usePromoPools(): Trouble[] {
  const t = useText();
  const pools = useList<PromoPool>('/promo_pools', {
    query: { limit: undefined },
    every: 30_000,
  });
  return pools.items
    .filter(({ low }) => low)
    .map(({ id, name, left }) => ({
      id: `promo ${id}`,
      icon: IconTicket,
      severe: left === 0,
      title: t('promo.attention', { name, left }),
      detail: t('promo.attention.what'),
      to: `settings/promo-codes/${id}`,
    }));
}

/** Servers keep their keys to themselves; keys inside apps are anybody's. */
function useApps(): Trouble[] {
  const t = useText();
  const may = useRight('settings.write');
  const apps = useList<App>('/apps', { enabled: may });
  const trusting = apps.items.filter(
    ({ platform, require_verified: proven, archived_at: archived }) =>
      !proven && archived === null && platform !== 'server',
  );
  if (trusting.length === 0) return [];
  return [
    {
      id: 'apps',
      icon: IconShieldExclamation,
      severe: false,
      title: t('apps.attention', { count: trusting.length, name: trusting[0]!.name }),
      detail: t('apps.attention.what'),
      to: 'settings/apps',
    },
  ];
}

function useWorkflows(): Trouble[] {
  const t = useText();
  return useWorkflowTrouble().map(({ workflow, failed }) =>
    failed > 0
      ? {
          id: `failed ${workflow.id}`,
          icon: IconRouteX,
          severe: true,
          title: t('home.attention.failed', { count: failed, name: workflow.name }),
          detail: t('home.attention.failed.what'),
          to: `workflows/${workflow.id}/runs?state=failed`,
        }
      : {
          id: `draft ${workflow.id}`,
          icon: IconPencil,
          severe: false,
          title: t('home.attention.draft', { name: workflow.name }),
          detail: t('home.attention.draft.what'),
          to: `workflows/${workflow.id}/code`,
        },
  );
}
