import { Copyable, EmptyState } from '@perennial/ui';
import { IconMailOff } from '@tabler/icons-react';
import { useText } from '../../app/text.tsx';
import { FoundFiles } from '../messages/attachments/FoundFiles.tsx';
import { HtmlFrame } from '../messages/preview/HtmlFrame.tsx';
import { ChannelPreview } from '../messages/preview/ChannelPreview.tsx';
import type { DeliveryDetails } from './delivery.ts';
import { forViewing } from './mail-source.ts';
import classes from './Outbox.module.css';

/** The message as its recipient sees it. */
export function ReceivedView({ delivery }: { delivery: DeliveryDetails }) {
  const t = useText();
  const { content } = delivery;
  if (!content) {
    return (
      <EmptyState icon={IconMailOff} title={t('outbox.noContent')}>
        {delivery.content_problem ?? delivery.reason}
      </EmptyState>
    );
  }
  if (delivery.channel !== 'email') {
    return (
      <div className={classes.pad}>
        <ChannelPreview channel={delivery.channel} content={content} />
      </div>
    );
  }
  return (
    <>
      <Envelope content={content} address={delivery.address} />
      <FoundFiles content={content} />
      <HtmlFrame html={forViewing(text(content.html))} title={text(content.subject)} />
      <p className={classes.note}>
        {t(delivery.content_source === 'rendered_again' ? 'outbox.again' : 'outbox.linksLive')}
      </p>
    </>
  );
}

interface EnvelopeProps {
  content: Record<string, unknown>;
  address: string;
}

function Envelope({ content, address }: EnvelopeProps) {
  const t = useText();
  const parties = [
    { label: t('outbox.from'), value: text(content.from) },
    { label: t('outbox.to'), value: text(content.to) || address },
    { label: t('outbox.replyTo'), value: text(content.reply_to) },
  ];
  return (
    <div className={classes.envelope}>
      <h3 className={classes.subject} dir="auto">
        {text(content.subject)}
      </h3>
      <dl style={{ margin: 0 }}>
        {parties
          .filter((party) => party.value)
          .map((party) => (
            <div key={party.label} className={classes.party}>
              <dt>{party.label}</dt>
              <dd>
                <Copyable value={party.value} />
              </dd>
            </div>
          ))}
      </dl>
    </div>
  );
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
