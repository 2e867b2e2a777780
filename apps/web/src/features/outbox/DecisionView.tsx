import { Alert } from '@mantine/core';
import { Copyable, Fact, Facts, StatusBadge, Time, type Tone } from '@perennial/ui';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { TextId } from '../../app/catalogue.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import type { DeliveryDetails } from './delivery.ts';
import { ChosenSubject } from '../messages/subjects/ChosenSubject.tsx';
import { DeliveryStatusBadge } from './DeliveryStatusBadge.tsx';
import { Gates } from './Gates.tsx';
import { useNameOf } from './use-named.ts';
import { VisitsView } from './VisitsView.tsx';
import classes from './Outbox.module.css';

const decisions: Record<DeliveryDetails['decision'], { tone: Tone; text: TextId }> = {
  sent: { tone: 'success', text: 'outbox.decision.sent' },
  held: { tone: 'warning', text: 'outbox.decision.held' },
  refused: { tone: 'danger', text: 'outbox.decision.refused' },
};

/** Why it was or was not sent: the gates in order, the statuses, the provider's answer. */
export function DecisionView({ delivery }: { delivery: DeliveryDetails }) {
  const t = useText();
  const to = useTo();
  const workflowName = useNameOf('/workflows');
  const campaignName = useNameOf('/campaigns');
  const decision = decisions[delivery.decision];
  return (
    <div className={classes.pad}>
      {delivery.status === 'uncertain' ? (
        <Alert color="yellow" icon={<IconAlertTriangle size={16} />} mb="md">
          {t('outbox.uncertain')}
        </Alert>
      ) : null}
      <h3 className={classes.section}>{t('outbox.decision')}</h3>
      <StatusBadge variant="soft" tone={decision.tone}>
        {t(decision.text)}
      </StatusBadge>
      <Gates reasons={delivery.reasons} />
      <h3 className={classes.section}>{t('app.status')}</h3>
      <Status delivery={delivery} />
      <VisitsView visits={delivery.visits} />
      <h3 className={classes.section}>{t('outbox.provider')}</h3>
      <Facts>
        <Fact label={t('outbox.column.provider')}>{delivery.provider}</Fact>
        <Fact label={t('outbox.providerAnswer')}>{delivery.provider_answer}</Fact>
        {delivery.workflow ? (
          <Fact label={t('outbox.workflow')}>
            <Link
              to={to(`workflows/${delivery.workflow}${delivery.run ? `?run=${delivery.run}` : ''}`)}
            >
              {workflowName(delivery.workflow)}
            </Link>
          </Fact>
        ) : null}
        {delivery.campaign ? (
          <Fact label={t('outbox.filter.campaign')}>
            <Link to={to(`campaigns/${delivery.campaign}`)}>{campaignName(delivery.campaign)}</Link>
          </Fact>
        ) : null}
        <Fact label={t('outbox.message')}>
          <Link to={to(`messages/${delivery.message}`)}>
            {delivery.message_name ?? delivery.message}
          </Link>
        </Fact>
        <Fact label={t('outbox.ids')}>
          <Copyable value={delivery.send} mono /> <Copyable value={delivery.id} mono />
        </Fact>
      </Facts>
    </div>
  );
}

function Status({ delivery }: { delivery: DeliveryDetails }) {
  const t = useText();
  return (
    <Facts>
      <Fact label={t('app.status')}>
        <DeliveryStatusBadge status={delivery.status} />
      </Fact>
      <Fact label={t('outbox.column.at')}>
        <Time at={delivery.at} style="exact" />
      </Fact>
      <Fact label={t('outbox.column.reason')}>{delivery.reason}</Fact>
      {delivery.subject_choice ? (
        <Fact label={t('subjects.fact')}>
          <ChosenSubject choice={delivery.subject_choice} />
        </Fact>
      ) : null}
      <Fact label={t('outbox.attempts')}>{delivery.attempts}</Fact>
      {delivery.due_at ? (
        <Fact label={t('outbox.due')}>
          <Time at={delivery.due_at} style="exact" />
        </Fact>
      ) : null}
    </Facts>
  );
}
