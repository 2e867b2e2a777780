import type { Tx } from '../../db/index.ts';
import { suppressAddresses, type SuppressionToWrite } from '../../suppressions/index.ts';
import type { DeliveryReport } from '../delivery-report.ts';
import {
  findDoubtful,
  keepBounces,
  MOST_IN_A_ROW,
  type BouncedDelivery,
} from './doubtful-addresses.ts';

/**
 * Keeps with each delivery what its refusal said about the address, and suppresses the addresses
 * that gave unclear ones too often in a row. Runs under the contacts' slots, so that each is
 * counted once and in the order in which messages were sent.
 */
export async function learnFromBounces(
  tx: Tx,
  { entries, slots, now }: { entries: readonly DeliveryReport[]; slots: number; now: Date },
): Promise<void> {
  const bounced = entries.flatMap(({ contactId, item }): BouncedDelivery[] => {
    const { bounce, details, deliveryId: id } = item;
    const answer = typeof details?.['answer'] === 'string' ? details['answer'] : null;
    return bounce === undefined ? [] : [{ contactId, id, bounce, answer }];
  });
  if (bounced.length === 0) return;
  await keepBounces(tx, { bounced });
  const unclear = bounced.filter(({ bounce }) => bounce === 'counted');
  if (unclear.length === 0) return;
  const doubtful = await findDoubtful(tx, { bounced: unclear });
  const suppressions = doubtful.map((row): SuppressionToWrite => ({
    workspaceId: row.workspace_id,
    channel: row.channel,
    address: row.address,
    reason: 'bounced',
    since: now,
    source: 'system',
    details: `${MOST_IN_A_ROW} messages in a row came back`,
    contactId: row.contact_id,
    sendId: row.send_id,
    deliveryId: row.delivery_id,
  }));
  await suppressAddresses(tx, { suppressions, slots, now });
}
