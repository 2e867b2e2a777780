import type { CallbackFact } from '@perennial/channels/providers';
import { inTransaction, type Pool } from '../../db/index.ts';
import { applyReturned, type ReturnedFact } from '../returned/apply-returned.ts';
import { findReturnedDeliveries } from '../returned/find-returned-delivery.ts';
import type { DeliveryKeys } from '../senders/delivery-key.ts';

/** Facts in one transaction: enough to be quick, few enough to hold nobody up. */
const PORTION = 500;

export interface CallbackToTake {
  workspaceId: number;
  facts: readonly CallbackFact[];
  slots: number;
  now: Date;
}

/**
 * Applies what a provider said, portion by portion; a repeat after half of it changes only the
 * other half. Keys that are not ours, or of another workspace, are passed over, as are tests.
 */
export async function takeCallback(
  pool: Pool,
  keys: Pick<DeliveryKeys, 'read'>,
  { facts, ...rest }: CallbackToTake,
): Promise<void> {
  const named = facts.flatMap(({ key, returned, at }) => {
    const deliveryId = returned.kind === 'delayed' ? undefined : keys.read(key);
    return deliveryId === undefined ? [] : [{ deliveryId, returned, ...(at && { at }) }];
  });
  for (let start = 0; start < named.length; start += PORTION) {
    await takePortion(pool, { ...rest, named: named.slice(start, start + PORTION) });
  }
}

type NamedFact = Omit<ReturnedFact, 'delivery'> & { deliveryId: number };

async function takePortion(
  pool: Pool,
  {
    workspaceId,
    named,
    slots,
    now,
  }: Omit<CallbackToTake, 'facts'> & { named: readonly NamedFact[] },
): Promise<void> {
  await inTransaction(
    pool,
    async (tx) => {
      const deliveryIds = [...new Set(named.map(({ deliveryId }) => deliveryId))];
      const found = await findReturnedDeliveries(tx, { workspaceId, deliveryIds });
      const byId = new Map(found.map((delivery) => [delivery.deliveryId, delivery]));
      const facts = named.flatMap(({ deliveryId, ...fact }): ReturnedFact[] => {
        const delivery = byId.get(deliveryId);
        return delivery && !delivery.test ? [{ ...fact, delivery }] : [];
      });
      await applyReturned(tx, { facts, slots, now });
    },
    { retries: 5 },
  );
}
