import type { BounceClass } from '@perennial/channels';
import type { Db, Tx } from '../../db/index.ts';

/** So many unclear refusals in a row, with nothing delivered between, make an address dead. */
export const MOST_IN_A_ROW = 5;

export interface BouncedDelivery {
  contactId: number;
  id: number;
  bounce: BounceClass;
  /** The server's words, where they came later than the hand-over. */
  answer: string | null;
}

/** Keeps what each refusal said, and what that means for the address. Plan: deliveries_pkey. */
export async function keepBounces(
  tx: Tx,
  { bounced }: { bounced: readonly BouncedDelivery[] },
): Promise<void> {
  await tx.query({
    name: 'keep_bounces',
    text: `update deliveries d
              set bounce = row.bounce, provider_answer = coalesce(row.answer, d.provider_answer)
             from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[])
                  as row (contact_id, id, bounce, answer)
            where d.contact_id = row.contact_id and d.id = row.id`,
    values: [
      bounced.map(({ contactId }) => contactId),
      bounced.map(({ id }) => id),
      bounced.map(({ bounce }) => bounce),
      bounced.map(({ answer }) => answer),
    ],
  });
}

export interface DoubtfulAddress {
  contact_id: number;
  workspace_id: number;
  channel: string;
  address: string;
  send_id: number;
  delivery_id: number;
}

/**
 * Of these deliveries, those whose address has refused too often in a row: the last ones up to the
 * newest unclear refusal, whatever the order in which reports come. A refusal that was not about
 * the address is passed over; a message that was accepted and never came back was delivered.
 */
export async function findDoubtful(
  db: Db,
  { bounced }: { bounced: readonly BouncedDelivery[] },
): Promise<DoubtfulAddress[]> {
  const { rows } = await db.query<DoubtfulAddress>({
    name: 'find_doubtful',
    text: `select own.contact_id, own.workspace_id, own.channel, own.address, own.send_id,
                  own.id as delivery_id
             from unnest($1::bigint[], $2::bigint[]) as row (contact_id, id)
             join deliveries own on own.contact_id = row.contact_id and own.id = row.id
            where $3 = (
              select count(*) filter (where last.bounce = 'counted')
                from (select d.bounce
                        from deliveries d
                       where d.contact_id = own.contact_id and d.channel = own.channel
                         and d.address = own.address
                         and d.id <= (select max(newest.id) from deliveries newest
                                       where newest.contact_id = own.contact_id
                                         and newest.channel = own.channel
                                         and newest.address = own.address
                                         and newest.bounce = 'counted')
                         and d.status not in ('queued', 'cancelled', 'expired', 'uncertain')
                         and (d.status <> 'undelivered' or d.bounce = 'counted')
                       order by d.id desc
                       limit $3) last)`,
    values: [bounced.map(({ contactId }) => contactId), bounced.map(({ id }) => id), MOST_IN_A_ROW],
  });
  return rows;
}
