import { StatusBadge } from '@perennial/ui';
import { useText } from '../../app/text.tsx';
import { deliveryStatusLook } from './delivery-status.ts';

interface DeliveryStatusBadgeProps {
  status: string;
  /** It does not count. */
  muted?: boolean;
}

/** The status of a send or delivery in words and colour. */
export function DeliveryStatusBadge({ status, muted }: DeliveryStatusBadgeProps) {
  const t = useText();
  const look = deliveryStatusLook(status);
  const tone = muted || !look ? 'neutral' : look.tone;
  return <StatusBadge tone={tone}>{look ? t(look.text) : status}</StatusBadge>;
}
