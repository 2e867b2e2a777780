import type { Activity } from '@perennial/contracts';
import { JsonView } from '@perennial/ui';
import { Link } from 'react-router';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import type { GateAnswer } from '../outbox/delivery.ts';
import { DeliveryStatusBadge } from '../outbox/DeliveryStatusBadge.tsx';
import { Gates } from '../outbox/Gates.tsx';
import classes from './ContactPage.module.css';

interface SentDelivery {
  id: string;
  address: string;
  status: string;
}

/** What opens under a line: of a send why it was made and to which addresses, else all members. */
export function ActivityDetails({ item }: { item: Activity }) {
  if (item.kind === 'send') return <SendDetails details={item.details} />;
  return <JsonView value={item.details} open={3} />;
}

function SendDetails({ details }: Pick<Activity, 'details'>) {
  const t = useText();
  const to = useTo();
  const reasons = listOf<GateAnswer>(details.reasons);
  const deliveries = listOf<SentDelivery>(details.deliveries);
  return (
    <div className={classes.send}>
      <Gates reasons={reasons} />
      {deliveries.map(({ id, address, status }) => (
        <div key={id} className={classes.delivery}>
          <DeliveryStatusBadge status={status} />
          <Link to={to(`outbox?open=${id}`)}>{address}</Link>
        </div>
      ))}
      {typeof details.workflow_id === 'string' && typeof details.run === 'string' ? (
        <Link to={to(`workflows/${details.workflow_id}?run=${details.run}`)}>
          {t('contacts.activity.path')}
        </Link>
      ) : null}
    </div>
  );
}

function listOf<Item>(value: unknown): Item[] {
  return Array.isArray(value) ? (value as Item[]) : [];
}
