import { inTransaction } from '../../db/transaction.ts';
import type { Returned } from '@perennial/channels/providers';
import { applyReturned } from '../../sends/returned/apply-returned.ts';
import { findReturnedDeliveries } from '../../sends/returned/find-returned-delivery.ts';
import { reportStatuses } from '../../sends/senders/report-statuses.ts';
import { SLOTS } from '../test-workflows.ts';
import { CHANNELS } from './test-channels.ts';
import type { Place } from './test-place.ts';
import { REPORTED, type NamingDeed, type Report } from './test-scenario.ts';

type ReportDeed = Extract<NamingDeed, { do: 'report' }>;

/** What became of messages goes straight to the slots' queues. */
export async function report(place: Place, { who, what, n }: ReportDeed): Promise<void> {
  const { pool, world } = place;
  const { workspaceId } = world;
  const deliveries = await deliveriesOf(place, { who, what });
  const deliveryId = deliveries[n % deliveries.length];
  if (deliveryId === undefined) return;
  const round = { slots: SLOTS, now: new Date(world.now()) };
  await inTransaction(pool, async (tx) => {
    const found = await findReturnedDeliveries(tx, { workspaceId, deliveryIds: [deliveryId] });
    const delivery = found[0]!;
    const returned = RETURNED[what];
    if (returned) return applyReturned(tx, { facts: [{ delivery, returned }], ...round });
    const { contactId, sendId } = delivery;
    const status = what as Exclude<Report, 'bounced'>;
    const told = { workspaceId, contactId, sendId, deliveryId, status };
    await reportStatuses(tx, { reports: [told], ...round });
  });
}

/** What providers say of an address, too. */
const RETURNED: Partial<Record<Report, Returned>> = {
  bounced: { kind: 'bounced', bounce: 'dead', reason: 'unknown user', answer: '550 unknown user' },
  unsubscribed: { kind: 'unsubscribed' },
  complained: { kind: 'complained', feedback: 'abuse' },
};

/** Of the last message of which that may be told. */
async function deliveriesOf(
  { pool, world, workflows, states }: Place,
  { who, what }: Pick<ReportDeed, 'who' | 'what'>,
): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `with last as (
       select s.contact_id, s.id
         from sends s
         join deliveries d on d.contact_id = s.contact_id and d.send_id = s.id
         join contacts c on c.id = s.contact_id
        where s.workspace_id = $1 and c.external_id = $2 and d.channel = any($3) and d.state <> 'cancelled'
          and s.workflow_id = any($4)
        order by s.created_at desc, s.id desc
        limit 1)
     select d.id from last join deliveries d on d.contact_id = last.contact_id and d.send_id = last.id
      order by d.id`,
    [
      world.workspaceId,
      who,
      CHANNELS.filter((channel) => REPORTED[channel].includes(what)),
      // What was to be sent by an archived one is about to be cancelled.
      workflows.filter((_, n) => states[n] !== 'archived'),
    ],
  );
  return rows.map(({ id }) => id);
}
