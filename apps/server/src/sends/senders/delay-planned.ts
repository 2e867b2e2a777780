import type { Tx } from '../../db/index.ts';
import type { WorkRow } from './work-queries.ts';

/** What may leave again only later, because its hours ended while it waited for a provider. */
export interface Delay {
  row: WorkRow;
  until: Date;
  reason: string;
}

/**
 * Lets planned deliveries wait, each until its instant. Its send takes its place among the messages
 * of the contact then.
 */
export async function delayPlanned(
  tx: Tx,
  { delays }: { delays: readonly Delay[] },
): Promise<void> {
  if (delays.length === 0) return;
  await tx.query({
    name: 'delay_planned_deliveries',
    text: `with row as (
             select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::text[])
                        as row (contact_id, id, send_id, until, reason)),
           delayed as (
             update deliveries d set due_at = row.until, reason = row.reason
               from row where d.contact_id = row.contact_id and d.id = row.id and d.state = 'planned')
           update sends s set counts_at = row.until
             from row
            where s.contact_id = row.contact_id and s.id = row.send_id and s.status = 'queued' and s.counts_at is not null`,
    values: [
      delays.map(({ row }) => row.contact_id),
      delays.map(({ row }) => row.id),
      delays.map(({ row }) => row.send_id),
      delays.map(({ until }) => until),
      delays.map(({ reason }) => reason),
    ],
  });
}
