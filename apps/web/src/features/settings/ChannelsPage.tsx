import { Button } from '@mantine/core';
import type { Provider } from '@perennial/contracts';
import { findProviderKind, providerKinds, type ProviderKind } from '@perennial/channels';
import { ChannelIcon, Page, PageHeader, Panel, SkeletonLines, useChannelName } from '@perennial/ui';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useList } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { messageChannels } from '../messages/message.ts';
import { ProviderForm } from './ProviderForm.tsx';
import { ProviderRow } from './ProviderRow.tsx';
import classes from './Settings.module.css';

interface Editing {
  channel: string;
  kind: ProviderKind;
  provider: Provider | null;
}

/** What carries each channel. */
export function ChannelsPage() {
  const t = useText();
  const [editing, setEditing] = useState<Editing | null>(null);
  const providers = useList<Provider>('/providers', { query: { limit: 500 } });
  const edit = (provider: Provider) => {
    const kind = findProviderKind(provider.kind);
    if (kind) setEditing({ channel: provider.channel, kind, provider });
  };
  return (
    <Page
      width="reading"
      header={
        <PageHeader title={t('app.settings.channels')} detail={t('settings.channels.detail')} />
      }
    >
      {providers.error ? <Problem error={providers.error} onRetry={providers.retry} /> : null}
      {providers.loading ? <SkeletonLines lines={8} /> : null}
      {providers.first ? (
        <div className={classes.channels}>
          {messageChannels.map((channel) => (
            <ChannelPanel
              key={channel}
              channel={channel}
              providers={providers.items.filter((each) => each.channel === channel)}
              onAdd={(kind) => setEditing({ channel, kind, provider: null })}
              onEdit={edit}
            />
          ))}
        </div>
      ) : null}
      {editing ? <ProviderForm {...editing} onClose={() => setEditing(null)} /> : null}
    </Page>
  );
}

interface ChannelPanelProps {
  channel: string;
  providers: readonly Provider[];
  onAdd: (kind: ProviderKind) => void;
  onEdit: (provider: Provider) => void;
}

function ChannelPanel({ channel, providers, onAdd, onEdit }: ChannelPanelProps) {
  const t = useText();
  const channelName = useChannelName();
  const mayWrite = useRight('settings.write');
  const kind = realKindFor(channel);
  const inOrder = [...providers].sort((a, b) => a.position - b.position);
  const carrier = inOrder.find((provider) => provider.enabled);
  return (
    <Panel>
      <div className={classes.channelHead}>
        <ChannelIcon channel={channel} size={20} />
        <span className={classes.channelName}>{channelName(channel)}</span>
        {carrier ? null : (
          <span className={classes.muted} title={t('settings.channels.sandboxHint')}>
            {t('settings.channels.sandbox')}
          </span>
        )}
        {kind && mayWrite ? (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} />}
            onClick={() => onAdd(kind)}
          >
            {t('settings.channels.add')}
          </Button>
        ) : null}
      </div>
      {inOrder.map((provider) => (
        <ProviderRow
          key={provider.id}
          provider={provider}
          carries={provider === carrier}
          onEdit={() => onEdit(provider)}
        />
      ))}
    </Panel>
  );
}

/** The kind of provider that really sends on a channel, where there is one. */
function realKindFor(channel: string): ProviderKind | undefined {
  return Object.values<ProviderKind>(providerKinds).find(
    (kind) => kind.key !== 'sandbox' && kind.channels.some((each) => each === channel),
  );
}
