import type { sendCountsSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../db/index.ts';
import type { SendFilter } from './view-queries.ts';

type Counts = z.output<typeof sendCountsSchema>;

/** So many of the newest are counted: a count of all would read the whole table. */
const MOST = 10_000;

type CountFilter = Pick<
  SendFilter,
  'workspaceId' | 'message' | 'campaign' | 'workflow' | 'channels' | 'from' | 'until'
>;

/**
 * The newest sends by decision and reason. Index sends_newest, of a campaign sends_of_campaign, of a message
 * sends_by_message; of what is uncertain deliveries_uncertain.
 */
export async function countSends(db: Db, filter: CountFilter): Promise<Counts> {
  const values = [
    filter.workspaceId,
    filter.message ?? null,
    filter.campaign ?? null,
    filter.workflow ?? null,
    filter.channels ?? null,
    filter.from ?? null,
    filter.until ?? null,
    MOST,
  ];
  const { rows } = await db.query<{ decision: string; reason: string | null; n: number }>(
    `with newest as (
       select s.decision, s.reason from sends s where ${FILTER} order by s.id desc limit $8
     )
     select decision, reason, count(*) as n from newest group by decision, reason order by n desc, reason`,
    values,
  );
  const { rows: uncertain } = await db.query<{ n: number }>(
    `select count(*) as n
       from (select from deliveries d
               join sends s on s.contact_id = d.contact_id and s.id = d.send_id
              where d.workspace_id = $1 and d.uncertain_at is not null and ${FILTER}
              limit $8) found`,
    values,
  );
  const counted = rows.reduce((sum, { n }) => sum + n, 0);
  const of = (decision: string): number =>
    rows.filter((row) => row.decision === decision).reduce((sum, { n }) => sum + n, 0);
  return {
    counted,
    capped: counted === MOST,
    sent: of('sent'),
    held: of('held'),
    refused: of('refused'),
    uncertain: uncertain[0]!.n,
    reasons: rows.flatMap(({ decision, reason, n }) =>
      reason !== null && decision !== 'sent'
        ? [{ decision: decision as 'held' | 'refused', reason, n }]
        : [],
    ),
  };
}

const FILTER = `s.workspace_id = $1
        and ($2::bigint is null or s.message_id = $2)
        and ($3::bigint is null or s.campaign_id = $3)
        and ($4::bigint is null or s.workflow_id = $4)
        and ($5::text[] is null or s.channel = any($5))
        and ($6::timestamptz is null or s.created_at >= $6)
        and ($7::timestamptz is null or s.created_at < $7)`;
