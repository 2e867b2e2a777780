import { ActionIcon, Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { findProviderKind } from '@perennial/channels';
import type { Provider, ProviderVerdict } from '@perennial/contracts';
import { Time, TypedConfirm } from '@perennial/ui';
import {
  IconArrowDown,
  IconArrowUp,
  IconDots,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useChange } from '../../../app/data.ts';
import { useRight } from '../../../app/session.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { Rich, useText } from '../../../app/text.tsx';
import classes from './Channels.module.css';
import { ProviderCondition } from './ProviderCondition.tsx';
import { ProviderTrouble } from './ProviderTrouble.tsx';
import type { ProviderRole } from './provider-state.ts';
import { TryProvider } from './TryProvider.tsx';

interface ProviderRowProps {
  provider: Provider;
  role: ProviderRole;
  /** From 1, where there are several. */
  place: number | null;
  onUp: (() => void) | null;
  onDown: (() => void) | null;
  onEdit: () => void;
}

/** A provider with its state and what can be done with it. */
export function ProviderRow({ provider, role, place, onUp, onDown, onEdit }: ProviderRowProps) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const [dialog, setDialog] = useState<'try' | 'delete' | null>(null);
  const sends = provider.channel === 'email' && provider.kind !== 'sandbox';
  return (
    <div className={classes.provider}>
      {place === null ? null : <span className={classes.place}>{place}</span>}
      <div className={classes.text}>
        <div className={classes.strong} dir="auto">
          {provider.name}
        </div>
        <div className={classes.muted}>
          {[findProviderKind(provider.kind)?.label ?? provider.kind, placeOf(provider)]
            .filter(Boolean)
            .join(' · ')}
          {provider.kind === 'sandbox' ? null : (
            <>
              {' · '}
              <Verified at={provider.verified_at} />
              <LastCallback provider={provider} />
            </>
          )}
        </div>
        <ProviderTrouble provider={provider} />
      </div>
      <ProviderCondition provider={provider} role={role} />
      {mayWrite ? (
        <div className={classes.actions}>
          {provider.kind === 'sandbox' ? null : <Verify provider={provider} />}
          {sends ? (
            <Button variant="default" size="xs" onClick={() => setDialog('try')}>
              {t('settings.channels.try')}
            </Button>
          ) : null}
          <MoreActions
            provider={provider}
            onUp={onUp}
            onDown={onDown}
            onEdit={onEdit}
            onDelete={() => setDialog('delete')}
          />
        </div>
      ) : null}
      {dialog === 'try' ? (
        <TryProvider provider={provider} onClose={() => setDialog(null)} />
      ) : null}
      <DeleteProvider
        provider={provider}
        opened={dialog === 'delete'}
        onClose={() => setDialog(null)}
      />
    </div>
  );
}

/** Where it is: the server, the region or the domain. */
function placeOf({ settings: { host, region, domain } }: Provider): string {
  return [host, domain, region].find((each) => typeof each === 'string') ?? '';
}

function Verified({ at }: { at: string | null }) {
  const t = useText();
  if (!at) return t('settings.channels.unverified');
  return <Rich id="settings.channels.verified" values={{ at: <Time key="at" at={at} /> }} />;
}

/** Nothing for those that never call. */
function LastCallback({
  provider: { callback_url: url, callback_at: at },
}: {
  provider: Provider;
}) {
  const t = useText();
  if (url === null) return null;
  return (
    <>
      {' · '}
      {at === null ? (
        t('settings.channels.callback.none')
      ) : (
        <Rich id="settings.channels.callback.last" values={{ at: <Time key="at" at={at} /> }} />
      )}
    </>
  );
}

function Verify({ provider }: { provider: Provider }) {
  const t = useText();
  const showProblem = useShowProblem();
  const verify = useChange<void, ProviderVerdict>(
    (api) => api.post(`/providers/${provider.id}/verify`),
    ['/providers'],
  );
  const check = () =>
    verify.mutate(undefined, {
      onSuccess: ({ ok, problem, note }) =>
        notifications.show(
          ok
            ? { message: note ?? t('settings.channels.verifyOk') }
            : { color: 'red', message: problem ?? '' },
        ),
      onError: showProblem,
    });
  return (
    <Button variant="default" size="xs" loading={verify.isPending} onClick={check}>
      {t('settings.channels.verify')}
    </Button>
  );
}

interface MoreActionsProps extends Pick<
  ProviderRowProps,
  'provider' | 'onUp' | 'onDown' | 'onEdit'
> {
  onDelete: () => void;
}

function MoreActions({ provider, onUp, onDown, onEdit, onDelete }: MoreActionsProps) {
  const t = useText();
  const showProblem = useShowProblem();
  const turn = useChange(
    (api, enabled: boolean) => api.patch(`/providers/${provider.id}`, { enabled }),
    ['/providers'],
  );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="default"
          aria-label={t('settings.channels.actions', { name: provider.name })}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {provider.kind === 'sandbox' ? null : (
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
            {t('settings.channels.edit')}
          </Menu.Item>
        )}
        {onUp ? (
          <Menu.Item leftSection={<IconArrowUp size={16} />} onClick={onUp}>
            {t('settings.channels.up')}
          </Menu.Item>
        ) : null}
        {onDown ? (
          <Menu.Item leftSection={<IconArrowDown size={16} />} onClick={onDown}>
            {t('settings.channels.down')}
          </Menu.Item>
        ) : null}
        <Menu.Item
          leftSection={
            provider.enabled ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />
          }
          onClick={() => turn.mutate(!provider.enabled, { onError: showProblem })}
        >
          {t(provider.enabled ? 'settings.channels.turnOff' : 'settings.channels.turnOn')}
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={onDelete}>
          {t('settings.channels.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface DeleteProviderProps {
  provider: Provider;
  opened: boolean;
  onClose: () => void;
}

function DeleteProvider({ provider, opened, onClose }: DeleteProviderProps) {
  const t = useText();
  const showProblem = useShowProblem();
  const remove = useChange((api) => api.delete(`/providers/${provider.id}`), ['/providers']);
  return (
    <TypedConfirm
      opened={opened}
      title={t('settings.channels.delete.title')}
      phrase={provider.name}
      confirmLabel={t('settings.channels.delete')}
      pending={remove.isPending}
      onClose={onClose}
      onConfirm={() => remove.mutate(undefined, { onError: showProblem })}
    >
      {t('settings.channels.delete.detail')}
    </TypedConfirm>
  );
}
