import type { SendView } from '@perennial/contracts';
import { ChannelIcon, Copyable, Fact, Facts, Inspector, StatusBadge, Time } from '@perennial/ui';
import { Link } from 'react-router';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { ContactLink } from '../contacts/ContactLink.tsx';
import { deliveryStatusLook } from './delivery-status.ts';
import { Gates } from './Gates.tsx';
import { useNameOf } from './use-named.ts';
import { WhyNot } from './WhyNot.tsx';
import classes from './Outbox.module.css';

/** A decision that made no delivery: every gate with what it saw. */
export function SendInspector({ send, onClose }: { send: SendView; onClose: () => void }) {
  const t = useText();
  const to = useTo();
  const workflowName = useNameOf('/workflows');
  const campaignName = useNameOf('/campaigns');
  const look = deliveryStatusLook(send.decision);
  return (
    <Inspector
      leading={<ChannelIcon channel={send.channel} />}
      title={send.message_name ?? send.message}
      onClose={onClose}
      detail={
        <span style={{ display: 'flex', gap: 12, alignItems: 'center' }}>
          {look ? (
            <StatusBadge variant="soft" tone={look.tone}>
              {t(look.text)}
            </StatusBadge>
          ) : null}
          {send.contact ? <ContactLink id={send.contact} /> : null}
        </span>
      }
    >
      {send.reason && send.decision !== 'sent' ? (
        <WhyNot decision={send.decision} reason={send.reason} />
      ) : null}
      <h3 className={classes.section}>{t('outbox.decision')}</h3>
      <Gates reasons={send.reasons} />
      <h3 className={classes.section}>{t('app.status')}</h3>
      <Facts>
        {send.hold_until ? (
          <Fact label={t('outbox.column.until')}>
            <Time at={send.hold_until} style="exact" />
          </Fact>
        ) : null}
        {send.expires_at ? (
          <Fact label={t('outbox.expires')}>
            <Time at={send.expires_at} style="exact" />
          </Fact>
        ) : null}
        <Fact label={t('sending.message.priority')}>{t(`sending.priority.${send.priority}`)}</Fact>
        <Fact label={t('outbox.column.decided')}>
          <Time at={send.created_at} style="exact" />
        </Fact>
        {send.workflow ? (
          <Fact label={t('outbox.workflow')}>
            <Link to={to(`workflows/${send.workflow}${send.run ? `?run=${send.run}` : ''}`)}>
              {workflowName(send.workflow)}
            </Link>
          </Fact>
        ) : null}
        {send.campaign ? (
          <Fact label={t('outbox.filter.campaign')}>
            <Link to={to(`campaigns/${send.campaign}`)}>{campaignName(send.campaign)}</Link>
          </Fact>
        ) : null}
        <Fact label={t('outbox.sendId')}>
          <Copyable value={send.id} mono />
        </Fact>
      </Facts>
    </Inspector>
  );
}
