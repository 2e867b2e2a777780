import { Anchor, Tabs } from '@mantine/core';
import { ChannelIcon, Inspector, SkeletonBlock, Time } from '@perennial/ui';
import { useState } from 'react';
import { Link } from 'react-router';
import { useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { useMessageNames } from '../messages/use-message-names.ts';
import { DecisionView } from './DecisionView.tsx';
import type { DeliveryDetails } from './delivery.ts';
import { DeliveryStatusBadge } from './DeliveryStatusBadge.tsx';
import { ReceivedView } from './ReceivedView.tsx';
import { HeadersView, RawView, TextView } from './SourceViews.tsx';

const resting = new Set(['queued', 'sent', 'delivered', 'opened', 'uncertain']);

interface DeliveryInspectorProps {
  id: string;
  onClose: () => void;
}

/** One delivery: the message as received, its source, and why it was sent. */
export function DeliveryInspector({ id, onClose }: DeliveryInspectorProps) {
  const t = useText();
  const to = useTo();
  const names = useMessageNames();
  const [tab, setTab] = useState('received');
  const [every, setEvery] = useState<number | false>(3_000);
  const read = useRead<DeliveryDetails>(`/deliveries/${id}`, { every });
  const delivery = read.data;
  const settled = delivery !== undefined && !resting.has(delivery.status);
  if (settled && every) setEvery(false);
  const isMail = delivery?.channel === 'email';
  return (
    <Tabs
      value={tab}
      onChange={(next) => setTab(next ?? 'received')}
      style={{ display: 'contents' }}
    >
      <Inspector
        flush
        onClose={onClose}
        leading={delivery ? <ChannelIcon channel={delivery.channel} /> : null}
        title={delivery ? (delivery.message_name ?? names.nameOf(delivery.message)) : ' '}
        detail={
          delivery ? (
            <span style={{ display: 'flex', gap: 12, alignItems: 'center' }}>
              <DeliveryStatusBadge status={delivery.status} />
              <Time at={delivery.at} />
              {delivery.contact ? (
                <Anchor component={Link} to={to(`contacts/${delivery.contact}`)} inherit>
                  {t('outbox.openContact')}
                </Anchor>
              ) : null}
            </span>
          ) : null
        }
        tabs={
          <Tabs.List mt="sm">
            <Tabs.Tab value="received">{t('outbox.tab.received')}</Tabs.Tab>
            {isMail ? <Tabs.Tab value="text">{t('outbox.tab.text')}</Tabs.Tab> : null}
            {isMail ? <Tabs.Tab value="headers">{t('outbox.tab.headers')}</Tabs.Tab> : null}
            <Tabs.Tab value="raw">{t('outbox.tab.raw')}</Tabs.Tab>
            <Tabs.Tab value="why">{t('outbox.tab.why')}</Tabs.Tab>
          </Tabs.List>
        }
      >
        {read.error && !delivery ? (
          <Problem error={read.error} onRetry={() => void read.refetch()} />
        ) : null}
        {read.isPending ? <SkeletonBlock height={320} /> : null}
        {delivery ? <View tab={tab} delivery={delivery} /> : null}
      </Inspector>
    </Tabs>
  );
}

function View({ tab, delivery }: { tab: string; delivery: DeliveryDetails }) {
  if (tab === 'text') return <TextView delivery={delivery} />;
  if (tab === 'headers') return <HeadersView delivery={delivery} />;
  if (tab === 'raw') return <RawView delivery={delivery} />;
  if (tab === 'why') return <DecisionView delivery={delivery} />;
  return <ReceivedView delivery={delivery} />;
}
