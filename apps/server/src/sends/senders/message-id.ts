import { hash } from 'node:crypto';
import type { Mailing } from '../../messages/index.ts';
import type { SecretBox } from '../../secret/index.ts';
import { domainOf } from '../providers/open-provider.ts';

/** Message-ID of a delivery, without the angle brackets. */
export type MessageIds = (deliveryId: number, mailing: Mailing) => string;

/**
 * The same for every try of a delivery, so that a mail server or reader can tell a repeat; and
 * not to be guessed from the number before it.
 */
export function createMessageIds(box: Pick<SecretBox, 'sign'>): MessageIds {
  const key = box.sign('message id', 'key 1').toString('hex');
  return (deliveryId, mailing) => {
    const mark = hash('sha256', `${key} ${deliveryId}`).slice(0, 16);
    return `${deliveryId.toString(36)}.${mark}@${domainOf(mailing)}`;
  };
}
