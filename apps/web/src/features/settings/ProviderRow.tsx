import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { findProviderKind } from '@perennial/channels';
import type { Provider } from '@perennial/contracts';
import { StatusBadge, Time, TypedConfirm } from '@perennial/ui';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { Rich, useText } from '../../app/text.tsx';
import classes from './Settings.module.css';

interface ProviderRowProps {
  provider: Provider;
  /** The one that is used now. */
  carries: boolean;
  onEdit: () => void;
}

interface Verdict {
  ok: boolean;
  problem: string | null;
}

/** A provider with its state and what can be done with it. */
export function ProviderRow({ provider, carries, onEdit }: ProviderRowProps) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const showProblem = useShowProblem();
  const [deleting, setDeleting] = useState(false);
  const path = `/providers/${provider.id}`;
  const turn = useChange((api, enabled: boolean) => api.patch(path, { enabled }), ['/providers']);
  const verify = useChange<void, Verdict>((api) => api.post(`${path}/verify`), ['/providers']);
  const remove = useChange((api) => api.delete(path), ['/providers']);
  const check = () =>
    verify.mutate(undefined, {
      onSuccess: ({ ok, problem }) =>
        notifications.show(
          ok
            ? { message: t('settings.channels.verifyOk') }
            : { color: 'red', message: problem ?? '' },
        ),
      onError: showProblem,
    });
  return (
    <div className={classes.provider}>
      <div className={classes.providerText}>
        <div className={classes.strong} dir="auto">
          {provider.name}
        </div>
        <div className={classes.muted}>
          {findProviderKind(provider.kind)?.label ?? provider.kind}
          {typeof provider.settings.host === 'string' ? ` · ${provider.settings.host}` : ''}
          {' · '}
          <Verified at={provider.verified_at} />
        </div>
        {provider.problem ? (
          <div className={classes.providerProblem}>{provider.problem}</div>
        ) : null}
      </div>
      <State enabled={provider.enabled} carries={carries} />
      {mayWrite ? (
        <Button.Group>
          <Button variant="default" size="xs" loading={verify.isPending} onClick={check}>
            {t('settings.channels.verify')}
          </Button>
          <Button variant="default" size="xs" onClick={onEdit}>
            {t('settings.channels.edit')}
          </Button>
          <Button
            variant="default"
            size="xs"
            onClick={() => turn.mutate(!provider.enabled, { onError: showProblem })}
          >
            {t(provider.enabled ? 'settings.channels.turnOff' : 'settings.channels.turnOn')}
          </Button>
          <Button variant="default" size="xs" onClick={() => setDeleting(true)}>
            {t('settings.channels.delete')}
          </Button>
        </Button.Group>
      ) : null}
      <TypedConfirm
        opened={deleting}
        title={t('settings.channels.delete.title')}
        phrase={provider.name}
        confirmLabel={t('settings.channels.delete')}
        pending={remove.isPending}
        onClose={() => setDeleting(false)}
        onConfirm={() => remove.mutate(undefined, { onError: showProblem })}
      >
        {t('settings.channels.delete.detail')}
      </TypedConfirm>
    </div>
  );
}

function Verified({ at }: { at: string | null }) {
  const t = useText();
  if (!at) return t('settings.channels.unverified');
  return <Rich id="settings.channels.verified" values={{ at: <Time key="at" at={at} /> }} />;
}

function State({ enabled, carries }: { enabled: boolean; carries: boolean }) {
  const t = useText();
  if (!enabled) return <StatusBadge tone="neutral">{t('settings.channels.off')}</StatusBadge>;
  return carries ? (
    <StatusBadge tone="success">{t('settings.channels.carries')}</StatusBadge>
  ) : (
    <StatusBadge tone="info">{t('settings.channels.standby')}</StatusBadge>
  );
}
