import { hash, timingSafeEqual } from 'node:crypto';
import type { Mailing } from '../../messages/index.ts';
import type { SecretBox } from '../../secret/index.ts';
import { domainOf } from '../providers/open-provider.ts';

/** Names deliveries outside. */
export interface DeliveryKeys {
  /**
   * The same for every try of a delivery, so that a provider, a mail server or a reader can tell a
   * repeat; not to be guessed from the one before it. Lower-case letters, digits and `_`, which every
   * provider takes in its metadata.
   */
  of(deliveryId: number): string;
  /** The delivery behind a key that came back; undefined for one that is not ours. */
  read(key: string): number | undefined;
  /** Message-ID, without the angle brackets: the key at the sender's domain. */
  messageId(deliveryId: number, mailing: Mailing): string;
}

export function createDeliveryKeys(box: Pick<SecretBox, 'sign'>): DeliveryKeys {
  const secret = box.sign('message id', 'key 1').toString('hex');
  const of = (deliveryId: number): string =>
    `${deliveryId.toString(36)}_${hash('sha256', `${secret} ${deliveryId}`).slice(0, 16)}`;
  return {
    of,
    read(key) {
      const number = /^([0-9a-z]{1,11})_[0-9a-f]{16}$/.exec(key)?.[1];
      const deliveryId = number === undefined ? NaN : Number.parseInt(number, 36);
      return Number.isSafeInteger(deliveryId) && isSame(of(deliveryId), key)
        ? deliveryId
        : undefined;
    },
    messageId: (deliveryId, mailing) => `${of(deliveryId)}@${domainOf(mailing)}`,
  };
}

function isSame(right: string, given: string): boolean {
  return right.length === given.length && timingSafeEqual(Buffer.from(right), Buffer.from(given));
}
