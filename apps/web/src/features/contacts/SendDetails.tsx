import type { Activity } from '@perennial/contracts';
import { JsonView } from '@perennial/ui';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import type { GateAnswer } from '../outbox/delivery.ts';
import { DeliveryStatusBadge } from '../outbox/DeliveryStatusBadge.tsx';
import { sayInstant } from '../outbox/gate-details.ts';
import { Gates, useGateName } from '../outbox/Gates.tsx';
import { ChosenSubject } from '../messages/subjects/ChosenSubject.tsx';
import { useReasonWords } from '../sending/use-reason-words.ts';
import classes from './ContactPage.module.css';

interface SentDelivery {
  id: string;
  address: string;
  status: string;
  reason: string | null;
  subject_choice: { index: number; text: string | null } | null;
}

/** Of a decision to send: what decided it, what became of each address, and what made it. */
export function SendDetails({ item }: { item: Activity }) {
  const t = useText();
  const to = useTo();
  const { details } = item;
  const reasons = listOf<GateAnswer>(details.reasons);
  const deliveries = listOf<SentDelivery>(details.deliveries);
  return (
    <>
      <h3 className={classes.subtitle}>{t('contacts.activity.why')}</h3>
      <Verdict details={details} reasons={reasons} />
      <Gates reasons={reasons} />
      {deliveries.length > 0 ? (
        <h3 className={classes.subtitle}>{t('contacts.activity.deliveries')}</h3>
      ) : null}
      {deliveries.map(({ id, address, status, reason, subject_choice: subject }) => (
        <div key={id} className={classes.delivery}>
          <Link to={to(`outbox?open=${id}`)}>{address}</Link>
          <DeliveryStatusBadge status={status} />
          {subject ? (
            <div className={classes.reason}>
              <ChosenSubject choice={subject} />
            </div>
          ) : null}
          {reason ? <div className={classes.reason}>{reason}</div> : null}
        </div>
      ))}
      <p className={classes.links}>
        {item.type ? (
          <Link to={to(`messages/${item.type}`)}>{t('contacts.activity.message')}</Link>
        ) : null}
        {typeof details.workflow_id === 'string' && typeof details.run === 'string' ? (
          <Link to={to(`workflows/${details.workflow_id}?run=${details.run}`)}>
            {t('contacts.activity.path')}
          </Link>
        ) : null}
      </p>
      <h3 className={classes.subtitle}>{t('contacts.activity.raw')}</h3>
      <JsonView value={item} open={1} />
    </>
  );
}

/** The answer in a sentence: which check decided, or until when it waits, by the clock it waits for. */
function Verdict({
  details: { decision, reason, hold_until: until },
  reasons,
}: {
  details: Activity['details'];
  reasons: readonly GateAnswer[];
}) {
  const t = useText();
  const intl = useIntl();
  const nameOf = useGateName();
  const reasonOf = useReasonWords();
  if (decision === 'sent') return <p className={classes.none}>{t('contacts.activity.why.sent')}</p>;
  if (decision === 'held' && typeof until === 'string') {
    const zone = zoneOf(reasons);
    const words = {
      until: `${sayInstant(until, intl, zone)}${zone ? ` (${zone})` : ''}`,
      reason: reasonOf(typeof reason === 'string' ? reason : ''),
    };
    return <p className={classes.none}>{t('contacts.activity.why.held', words)}</p>;
  }
  const decisive = reasons.find((answer) => !answer.passed);
  if (!decisive) return null;
  const gate = nameOf(decisive.gate);
  return <p className={classes.none}>{t('contacts.activity.why.refused', { gate })}</p>;
}

/** Of the hours that it waits for. */
function zoneOf(reasons: readonly GateAnswer[]): string | undefined {
  const details = reasons.find(({ gate }) => gate === 'send_hours')?.details;
  const zone = (details as { zone?: unknown } | null | undefined)?.zone;
  return typeof zone === 'string' ? zone : undefined;
}

function listOf<Item>(value: unknown): Item[] {
  return Array.isArray(value) ? (value as Item[]) : [];
}
