import { StatusBadge } from '@perennial/ui';
import { useText } from '../../app/text.tsx';
import { deliveryStatusLook } from './delivery-status.ts';

/** The status of a send or delivery in words and colour. */
export function DeliveryStatusBadge({ status }: { status: string }) {
  const t = useText();
  const look = deliveryStatusLook(status);
  return <StatusBadge tone={look?.tone ?? 'neutral'}>{look ? t(look.text) : status}</StatusBadge>;
}
