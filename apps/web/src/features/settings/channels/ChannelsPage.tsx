import type { Provider } from '@perennial/contracts';
import { findProviderKind, type ProviderKind } from '@perennial/channels';
import { Page, PageHeader, SkeletonLines } from '@perennial/ui';
import { useState } from 'react';
import { useList } from '../../../app/data.ts';
import { Problem } from '../../../app/Problem.tsx';
import { useText } from '../../../app/text.tsx';
import { messageChannels } from '../../messages/message.ts';
import { FetchSecretsPanel } from '../fetch-secrets/FetchSecretsPanel.tsx';
import { MailboxesPanel } from '../mailboxes/MailboxesPanel.tsx';
import { ChannelPanel } from './ChannelPanel.tsx';
import classes from './Channels.module.css';
import { ProviderForm } from './ProviderForm.tsx';

interface Editing {
  channel: string;
  kind: ProviderKind;
  provider: Provider | null;
}

/** What a provider answers shows while somebody looks. */
const RENEW_MS = 10_000;

/** What carries each channel. */
export function ChannelsPage() {
  const t = useText();
  const [editing, setEditing] = useState<Editing | null>(null);
  const providers = useList<Provider>('/providers', {
    query: { limit: 500 },
    every: RENEW_MS,
  });
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
          <MailboxesPanel />
          <FetchSecretsPanel />
        </div>
      ) : null}
      {editing ? <ProviderForm {...editing} onClose={() => setEditing(null)} /> : null}
    </Page>
  );
}
