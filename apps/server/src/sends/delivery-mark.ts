import { hash, timingSafeEqual } from 'node:crypto';
import type { SecretBox } from '../secret/index.ts';

/** Which delivery something is about. */
export interface MarkedDelivery {
  workspaceId: number;
  deliveryId: number;
}

export interface DeliveryMarks {
  /** The same for every try of a delivery; without regard to case, as mail servers need it. */
  of(delivery: MarkedDelivery): string;
  /** The delivery of a mark of ours at the beginning of an address or Message-ID. */
  read(text: string): MarkedDelivery | undefined;
}

/**
 * Names deliveries where the outside must name them back: in Message-IDs and in return addresses.
 * A mark proves itself: nobody can make up one, or guess the next from it.
 */
export function createDeliveryMarks(box: Pick<SecretBox, 'sign'>): DeliveryMarks {
  const key = box.sign('delivery mark', 'key 1').toString('hex');
  const proofOf = ({ workspaceId, deliveryId }: MarkedDelivery): string =>
    hash('sha256', `${key} ${workspaceId} ${deliveryId}`).slice(0, 20);
  return {
    of: (delivery) =>
      `${delivery.workspaceId.toString(36)}.${delivery.deliveryId.toString(36)}.${proofOf(delivery)}`,
    read(text) {
      const [, workspace, id, proof] = MARK.exec(text.toLowerCase()) ?? [];
      if (!workspace || !id || !proof) return undefined;
      const delivery = { workspaceId: parseInt(workspace, 36), deliveryId: parseInt(id, 36) };
      const isOurs = timingSafeEqual(Buffer.from(proof), Buffer.from(proofOf(delivery)));
      return isOurs ? delivery : undefined;
    },
  };
}

const MARK = /^([0-9a-z]{1,11})\.([0-9a-z]{1,11})\.([0-9a-f]{20})(?=@|$)/;
