import type { Mailing } from '../../messages/index.ts';
import type { DeliveryMarks, MarkedDelivery } from '../delivery-mark.ts';
import { domainOf } from '../providers/open-provider.ts';

/**
 * Message-ID of a delivery, without the angle brackets: the same for every try, so that a mail
 * server or reader can tell a repeat, and what comes back finds the delivery by it.
 */
export function messageIdOf(
  marks: DeliveryMarks,
  { delivery, mailing }: { delivery: MarkedDelivery; mailing: Mailing },
): string {
  return `${marks.of(delivery)}@${domainOf(mailing)}`;
}

/**
 * Where a mail server returns what it cannot deliver (RFC 5321 §3.6.3): the provider's return address
 * with the delivery's mark behind a plus sign, so that every bounce names its delivery, however
 * the server writes it. Undefined without a return address: the sender's own is taken.
 */
export function returnAddressOf(
  marks: DeliveryMarks,
  { delivery, mailing: { returnAddress } }: { delivery: MarkedDelivery; mailing: Mailing },
): string | undefined {
  const at = returnAddress?.lastIndexOf('@') ?? -1;
  if (!returnAddress || at < 1) return undefined;
  return `${returnAddress.slice(0, at)}+${marks.of(delivery)}${returnAddress.slice(at)}`;
}
