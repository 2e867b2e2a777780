import { Button, Menu } from '@mantine/core';
import type { Provider } from '@perennial/contracts';
import { providerKinds, type ProviderKind } from '@perennial/channels';
import { ChannelIcon, Panel, useChannelName } from '@perennial/ui';
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import { useChange } from '../../../app/data.ts';
import { useRight } from '../../../app/session.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { useText } from '../../../app/text.tsx';
import classes from './Channels.module.css';
import { ProviderRow } from './ProviderRow.tsx';
import { rolesOf } from './provider-state.ts';

interface ChannelPanelProps {
  channel: string;
  /** In the order in which they take over. */
  providers: readonly Provider[];
  onAdd: (kind: ProviderKind) => void;
  onEdit: (provider: Provider) => void;
}

/** A channel with what carries it, the first of them on top. */
export function ChannelPanel({ channel, providers, onAdd, onEdit }: ChannelPanelProps) {
  const t = useText();
  const channelName = useChannelName();
  const mayWrite = useRight('settings.write');
  const showProblem = useShowProblem();
  const roles = rolesOf(providers);
  const isInside = providers.find((provider) => provider.enabled) === undefined;
  const arrange = useChange(
    (api, ids: string[]) => api.post('/providers/order', { channel, ids }),
    ['/providers'],
  );
  const move = (place: number, by: 1 | -1) => {
    const ids = providers.map(({ id }) => id);
    const order = ids.toSpliced(place, 1).toSpliced(place + by, 0, ids[place]!);
    arrange.mutate(order, { onError: showProblem });
  };
  return (
    <Panel>
      <div className={classes.head}>
        <ChannelIcon channel={channel} size={20} />
        <span className={classes.name}>{channelName(channel)}</span>
        {isInside ? (
          <span className={classes.muted} title={t('settings.channels.sandboxHint')}>
            {t('settings.channels.sandbox')}
          </span>
        ) : null}
        {mayWrite ? <AddProvider kinds={realKindsFor(channel)} onAdd={onAdd} /> : null}
      </div>
      {providers.length > 1 ? (
        <p className={classes.order}>{t('settings.channels.order')}</p>
      ) : null}
      {providers.map((provider, place) => (
        <ProviderRow
          key={provider.id}
          provider={provider}
          role={roles.get(provider.id) ?? 'off'}
          place={providers.length > 1 ? place + 1 : null}
          onUp={place > 0 ? () => move(place, -1) : null}
          onDown={place < providers.length - 1 ? () => move(place, 1) : null}
          onEdit={() => onEdit(provider)}
        />
      ))}
    </Panel>
  );
}

interface AddProviderProps {
  kinds: readonly ProviderKind[];
  onAdd: (kind: ProviderKind) => void;
}

function AddProvider({ kinds, onAdd }: AddProviderProps) {
  const t = useText();
  if (kinds.length === 0) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
          rightSection={<IconChevronDown size={14} />}
        >
          {t('settings.channels.add')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {kinds.map((kind) => (
          <Menu.Item key={kind.key} onClick={() => onAdd(kind)}>
            {kind.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The kinds of provider that really send on a channel. */
function realKindsFor(channel: string): ProviderKind[] {
  return Object.values<ProviderKind>(providerKinds).filter(
    (kind) => kind.key !== 'sandbox' && kind.channels.some((each) => each === channel),
  );
}
